package io.github.eksidentity.core.audit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Every mute there is, and every account that they may be about: a mute of every account is looked
/// at once, with the first of them.
///
/// @param accounts that were ever audited
public record MuteList(List<Mute> all, Set<String> accounts) {
  /// No mutes, or none that are known.
  public static final MuteList NONE = new MuteList(List.of(), Set.of());

  public MuteList {
    all = List.copyOf(all);
    accounts = Set.copyOf(accounts);
  }

  /// The mutes that an audit of this account looks at.
  List<Mute> lookedAtWith(String account) {
    TreeSet<String> known = new TreeSet<>(accounts);
    known.add(account);
    boolean first = known.first().equals(account);
    return all.stream().filter(mute -> mute.account().map(account::equals).orElse(first)).toList();
  }

  /// Whether an audit of this account sees everything that the mute may be about.
  boolean isAboutThisAlone(Mute mute, String account) {
    return mute.account().isPresent() || Set.of(account).containsAll(accounts);
  }
}
