package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.text.Only;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The account's OIDC providers. Their files may have any name: the list names ARNs, a provider's
/// own answer names only its URL, which is what its ARN ends in.
final class Providers {
  static final String LIST = "open-id-connect-providers.json";
  static final String FOLDER = "open-id-connect-providers/";

  private Providers() {}

  /// Where the ARNs of an account's providers begin.
  static String arnPrefix(Account account) {
    return OidcProvider.arn(account, "");
  }

  static Part<List<OidcProvider>> read(Source source, Account account) {
    Part<List<String>> list =
        source.whole(LIST, List.of(), file -> Part.complete(listedArns(file.object())));
    List<String> files =
        source.files().names().stream().filter(name -> name.startsWith(FOLDER)).toList();
    if (list.coverage() instanceof Coverage.Failed || (files.isEmpty() && !source.has(LIST))) {
      return new Part<>(List.of(), list.coverage());
    }
    List<String> reasons = new ArrayList<>();
    List<OidcProvider> providers = new ArrayList<>();
    for (String file : files) {
      source.item(
          file,
          json -> {
            JsonMembers<SnapshotException> fields = json.object();
            String arn =
                source.has(LIST)
                    ? arn(file, fields, list.value())
                    : arnPrefix(account) + EksIssuer.bare(fields.text("Url"));
            if (providers.stream().anyMatch(other -> other.arn().equals(arn))) {
              throw SnapshotException.at(
                  file, fields.required("Url").at(), "another file describes " + arn + " too");
            }
            return provider(arn, fields);
          },
          providers,
          reasons);
    }
    if (!source.has(LIST)) {
      reasons.addFirst(LIST + " is not in the snapshot");
    }
    list.value().stream()
        .filter(arn -> providers.stream().noneMatch(provider -> provider.arn().equals(arn)))
        .forEach(arn -> reasons.add("no file in " + FOLDER + " describes " + Shown.plain(arn)));
    return Part.of(List.copyOf(providers), reasons);
  }

  private static List<String> listedArns(JsonMembers<SnapshotException> fields) {
    return fields.requiredObjects("OpenIDConnectProviderList").stream()
        .map(item -> item.text("Arn"))
        .toList();
  }

  private static OidcProvider provider(String arn, JsonMembers<SnapshotException> fields) {
    return new OidcProvider(
        arn,
        EksIssuer.bare(fields.text("Url")),
        fields.texts("ClientIDList"),
        fields.texts("ThumbprintList"),
        AwsMembers.time(fields, "CreateDate"),
        AwsMembers.tagList(fields));
  }

  /// The listed ARN that a provider's answer belongs to.
  private static String arn(
      String file, JsonMembers<SnapshotException> fields, List<String> listed) {
    Optional<String> named = fields.optionalText("Arn").filter(listed::contains);
    String url = EksIssuer.bare(fields.text("Url"));
    return named
        .or(() -> only(listed, arn -> EksIssuer.bare(suffix(arn)).equals(url)))
        .or(() -> only(listed, arn -> loose(suffix(arn)).equals(loose(url))))
        .orElseThrow(
            () ->
                SnapshotException.at(
                    file,
                    fields.required("Url").at(),
                    Shown.quoted(url) + " is not what an ARN in " + LIST + " ends in"));
  }

  private static Optional<String> only(List<String> listed, Predicate<String> matches) {
    List<String> found = listed.stream().filter(matches).toList();
    return Only.of(found);
  }

  private static String suffix(String arn) {
    return OidcProvider.issuerOf(arn).orElse(arn);
  }

  private static String loose(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
