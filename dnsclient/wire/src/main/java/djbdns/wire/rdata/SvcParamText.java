package djbdns.wire.rdata;

import djbdns.wire.AddressText;
import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.MasterText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Service parameters as {@code key=value} (RFC 9460, 2.1 and appendix A). */
final class SvcParamText {
  private SvcParamText() {}

  static String of(SvcParam param) {
    String key = param.key().toString();
    return switch (param) {
      case SvcParam.Mandatory mandatory -> key + "=" + join(mandatory.keys(), Object::toString);
      case SvcParam.Alpn alpn -> key + "=" + ofProtocols(alpn.protocols());
      case SvcParam.NoDefaultAlpn _ -> key;
      case SvcParam.Port port -> key + "=" + port.port();
      case SvcParam.Ipv4Hint hint -> key + "=" + join(hint.addresses(), AddressText::ofIpv4);
      case SvcParam.Ech ech ->
          key + "=" + Base64.getEncoder().encodeToString(ech.configs().toArray());
      case SvcParam.Ipv6Hint hint -> key + "=" + join(hint.addresses(), AddressText::ofIpv6);
      case SvcParam.Generic generic ->
          generic.value().isEmpty() ? key : key + "=" + MasterText.ofString(generic.value());
    };
  }

  private static <T> String join(List<T> values, Function<T, String> text) {
    return values.stream().map(text).collect(Collectors.joining(","));
  }

  /** Commas are escaped for the list first, then all of it for the quotes. */
  private static String ofProtocols(List<Bytes> protocols) {
    String list =
        join(protocols, protocol -> protocol.toText().replace("\\", "\\\\").replace(",", "\\,"));
    return MasterText.ofString(Bytes.ofText(list));
  }

  /**
   * A parameter, by name with a value in its own form, or {@code keyNNN} with the value's bytes.
   *
   * @param value without its quotes, escapes in place; empty if there was none
   */
  static SvcParam parse(String keyText, String value) throws MalformedTextException {
    Bytes bytes = Bytes.owning(MasterText.unescape(value));
    Optional<SvcParamKey> named = SvcParamKey.parseNamed(keyText);
    if (named.isPresent()) {
      return parseNamed(named.get(), bytes.toText());
    }
    SvcParamKey key =
        SvcParamKey.parseNumbered(keyText)
            .orElseThrow(() -> new MalformedTextException("bad service key: " + keyText));
    return parseBytes(key, bytes);
  }

  private static SvcParam parseBytes(SvcParamKey key, Bytes bytes) throws MalformedTextException {
    PacketReader reader = bytes.toReader();
    try {
      SvcParam param = SvcParam.from(key, new WireSource(reader));
      reader.requireEnd();
      return param;
    } catch (MalformedPacketException e) {
      throw bad(key, bytes.toText());
    }
  }

  private static SvcParam parseNamed(SvcParamKey key, String value) throws MalformedTextException {
    return switch (key.code()) {
      case 0 -> new SvcParam.Mandatory(parseKeys(key, value));
      case 1 -> new SvcParam.Alpn(splitProtocols(value));
      case 2 -> {
        if (!value.isEmpty()) {
          throw bad(key, value);
        }
        yield new SvcParam.NoDefaultAlpn();
      }
      case 3 ->
          new SvcParam.Port(
              Codes.parseDecimal(value, 0xffff).orElseThrow(() -> bad(key, value)).intValue());
      case 4 -> new SvcParam.Ipv4Hint(parseList(key, value, AddressText::parseIpv4));
      case 5 -> new SvcParam.Ech(TextSource.parseBase64(value));
      case 6 -> new SvcParam.Ipv6Hint(parseList(key, value, AddressText::parseIpv6));
      case 7, 8 -> checked(new SvcParam.Generic(key, Bytes.ofText(value)));
      default -> throw bad(key, value);
    };
  }

  /** Refuses what the keys' RFCs forbid: see {@link SvcParam#isAllowed}. */
  private static SvcParam checked(SvcParam param) throws MalformedTextException {
    if (!SvcParam.isAllowed(param)) {
      throw bad(param.key(), param.value().toText());
    }
    return param;
  }

  private static MalformedTextException bad(SvcParamKey key, String value) {
    return new MalformedTextException("bad value of " + key + ": " + value);
  }

  private static List<SvcParamKey> parseKeys(SvcParamKey key, String value)
      throws MalformedTextException {
    List<SvcParamKey> keys =
        parseList(
            key,
            value,
            text -> SvcParamKey.parseNamed(text).or(() -> SvcParamKey.parseNumbered(text)));
    keys.sort(Comparator.comparingInt(SvcParamKey::code));
    return keys;
  }

  private static <T> List<T> parseList(
      SvcParamKey key, String value, Function<String, Optional<T>> parse)
      throws MalformedTextException {
    List<T> list = new ArrayList<>();
    for (String item : value.split(",", -1)) {
      list.add(parse.apply(item).orElseThrow(() -> bad(key, value)));
    }
    return list;
  }

  /** Splits at commas; {@code \,} is a comma and {@code \\} a backslash in an item. */
  private static List<Bytes> splitProtocols(String value) {
    List<Bytes> protocols = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',') {
        protocols.add(Bytes.ofText(item.toString()));
        item.setLength(0);
      } else {
        boolean escape = c == '\\' && i + 1 < value.length();
        item.append(escape ? value.charAt(++i) : c);
      }
    }
    protocols.add(Bytes.ofText(item.toString()));
    return protocols;
  }
}
