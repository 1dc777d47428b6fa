package io.github.eksidentity.core.drift;

/// A store refuses a write because the world has moved on.
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message) {
    super(message);
  }

  /// A later run of the account has taken over. The run must stop; nothing is lost by that.
  public static final class Superseded extends StoreException {
    private static final long serialVersionUID = 1L;

    public Superseded(RunId run) {
      super("run " + run + " was taken for dead and a later one has taken over; it must stop");
    }
  }

  /// The finding was written by another process since it was read. A retry of the run reads it
  /// anew.
  public static final class Stale extends StoreException {
    private static final long serialVersionUID = 1L;

    public Stale(String finding) {
      super("finding " + finding + " was changed by another process while this one ran");
    }
  }
}
