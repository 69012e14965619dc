package djbdns.tools;

import djbdns.runtime.Json;
import java.io.IOException;

/** The outcome of a lookup of one argument. */
interface Finding {
  /** True if that is nothing: no such name, or no such records. */
  boolean isEmpty();

  /** Puts it as the original does, in the same pieces. */
  void print(Output out) throws IOException;

  /** Adds it to the object that has the argument already. */
  void addTo(Json.Builder object);
}
