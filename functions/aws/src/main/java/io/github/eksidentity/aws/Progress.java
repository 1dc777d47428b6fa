package io.github.eksidentity.aws;

/// Told how far reading has come. Called from many threads at once, and often: an implementation
/// decides itself how much of it to show.
@FunctionalInterface
public interface Progress {
  /// Tells nobody.
  Progress SILENT = _ -> {};

  /// Something more was read.
  void advanced(State state);

  /// How far reading has come.
  ///
  /// @param regionsDone regions whose clusters are read with all that belongs to them
  /// @param regions regions to read, 0 until they are known
  /// @param clustersDone clusters read with all that belongs to them
  /// @param clusters clusters known so far
  /// @param calls calls made so far; the SDK's retries are not counted
  record State(int regionsDone, int regions, int clustersDone, int clusters, int calls) {}
}
