package io.github.eksidentity.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads files into parts, and decides what a missing or broken one means for its part.
///
/// @param tolerant whether a broken file only fails its part
record Source(SnapshotFiles files, boolean tolerant) {

  /// The members of a list of names, and what the list tells beyond them.
  ///
  /// @param truncated whether further pages were not read
  record Listing<K>(List<K> keys, boolean truncated) {}

  boolean has(String name) {
    return files.names().contains(name);
  }

  JsonFile json(String name) {
    return new JsonFile(name, files);
  }

  /// One file that is the whole part.
  <T> Part<T> whole(String name, T nothing, Function<JsonFile, Part<T>> decode) {
    if (!has(name)) {
      return Part.skipped(nothing);
    }
    try {
      return decode.apply(json(name));
    } catch (SnapshotException e) {
      return Part.failed(nothing, tolerated(e));
    }
  }

  /// A list of names, each of which has a file of its own.
  <K, T> Part<List<T>> listed(
      String listName,
      Function<JsonFile, Listing<K>> decodeList,
      Function<K, String> fileOf,
      ItemDecoder<K, T> decode) {
    Part<Listing<K>> list =
        whole(
            listName,
            new Listing<K>(List.of(), false),
            file -> Part.complete(decodeList.apply(file)));
    if (!list.coverage().isComplete()) {
      return new Part<>(List.of(), list.coverage());
    }
    List<T> items = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    if (list.value().truncated()) {
      reasons.add(listName + " does not hold all pages of its list");
    }
    for (K key : list.value().keys()) {
      item(fileOf.apply(key), file -> decode.decode(key, file), items, reasons);
    }
    return Part.of(List.copyOf(items), reasons);
  }

  /// One file of several that make a part.
  <T> void item(String name, Function<JsonFile, T> decode, List<T> items, List<String> reasons) {
    if (!has(name)) {
      reasons.add(Shown.plain(name) + " is not in the snapshot");
      return;
    }
    try {
      items.add(decode.apply(json(name)));
    } catch (SnapshotException e) {
      reasons.add(tolerated(e));
    }
  }

  /// The sentence of an error that only fails its part.
  ///
  /// @throws SnapshotException the error itself, where nothing is tolerated
  String tolerated(SnapshotException e) {
    if (!tolerant) {
      throw e;
    }
    return e.sentence();
  }

  /// Decodes the file of one member of a list.
  interface ItemDecoder<K, T> {
    T decode(K key, JsonFile file);
  }
}
