package djbdns.client;

import java.util.Optional;
import java.util.function.Function;

/** The outcome of a {@link Lookup}. */
public sealed interface Outcome<T> {
  /** The lookup has found something. */
  record Found<T>(T value) implements Outcome<T> {}

  /** Nothing, and why. */
  record NotFound<T>(LookupError error) implements Outcome<T> {}

  /** The value; empty if nothing was found, whatever the reason. */
  default Optional<T> toOptional() {
    return switch (this) {
      case Found<T>(T value) -> Optional.of(value);
      case NotFound<T> _ -> Optional.empty();
    };
  }

  /**
   * The value.
   *
   * @throws LookupException if nothing was found
   */
  default T orElseThrow() {
    return switch (this) {
      case Found<T>(T value) -> value;
      case NotFound<T>(LookupError error) -> throw new LookupException(error);
    };
  }

  /** The same with another value. */
  default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Found<T>(T value) -> new Found<>(change.apply(value));
      case NotFound<T>(LookupError error) -> new NotFound<>(error);
    };
  }
}
