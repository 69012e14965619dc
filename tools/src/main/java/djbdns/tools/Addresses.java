package djbdns.tools;

import djbdns.client.nio.AddressLookup;
import djbdns.runtime.Json;
import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Addresses that have been found, 4 or 16 bytes each (dnsip.c). */
record Addresses(List<Bytes> addresses) implements Finding {
  static final String PROBLEM = "unable to find IP address for";

  /** The addresses that a lookup has found. */
  static Addresses of(AddressLookup.Result result) throws LookupFailedException {
    if (result instanceof AddressLookup.Failed failed) {
      throw new LookupFailedException(PROBLEM, failed.failure());
    }
    return new Addresses(((AddressLookup.Found) result).addresses());
  }

  @Override
  public boolean isEmpty() {
    return addresses.isEmpty();
  }

  /** Each with a blank behind it. */
  @Override
  public void print(Output out) throws IOException {
    for (Bytes address : addresses) {
      out.put(AddressText.of(address)).put(" ");
    }
    out.put("\n");
  }

  @Override
  public void addTo(Json.Builder object) {
    List<String> texts = new ArrayList<>();
    for (Bytes address : addresses) {
      texts.add(AddressText.of(address));
    }
    object.byteStrings("addresses", texts);
  }
}
