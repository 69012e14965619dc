package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Codes;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.MalformedTextException;
import djbdns.wire.PacketReader;
import djbdns.wire.text.TextScanner;
import java.util.Locale;

/**
 * Where on earth something is (RFC 1876): {@code 52 22 23.000 N 4 53 32.000 E -2.00m 1m 10000m
 * 10m}. Minutes, seconds, size and precisions may be left out. Latitude and longitude are
 * thousandths of an arc second from the equator and Greenwich, plus 2<sup>31</sup>; the altitude is
 * centimetres above 100 km below the WGS 84 spheroid. Size and precisions are one digit and a power
 * of ten, together in centimetres.
 *
 * <pre>
 * +------------------+--------+------------------------+----------------------+
 * | version 8: 0     | size 8 | horizontal precision 8 | vertical precision 8 |
 * +------------------+--------+------------------------+----------------------+
 * | latitude 32 | longitude 32 | altitude 32 |
 * +-------------+--------------+-------------+
 * </pre>
 */
final class Location implements Form, OwnField {
  private static final long MIDDLE = 1L << 31;
  private static final long ZERO_ALTITUDE_CM = 10_000_000;
  private static final int MAX_LATITUDE_DEGREES = 90;
  private static final int MAX_LONGITUDE_DEGREES = 180;
  private static final long MS_PER_DEGREE = 3_600_000;
  private static final long MS_PER_MINUTE = 60_000;
  private static final long MAX_SIZE_METRES = 90_000_000;

  private static final int DEFAULT_SIZE = 0x12;
  private static final int DEFAULT_HORIZONTAL_PRECISION = 0x16;
  private static final int DEFAULT_VERTICAL_PRECISION = 0x13;

  @Override
  public <E extends Exception> void copy(RdataSource<E> in, RdataSink out) throws E {
    Field.copy(this, in, out);
  }

  /** Other versions may have any fields. */
  @Override
  public boolean covers(Bytes data) {
    return data.isEmpty() || data.at(0) == 0;
  }

  @Override
  public Bytes read(PacketReader reader) throws MalformedPacketException {
    reader.readU8();
    int[] sizes = new int[3];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = checkedSize(reader.readU8());
    }
    long latitude = checkedAngle(reader.readU32(), MAX_LATITUDE_DEGREES);
    long longitude = checkedAngle(reader.readU32(), MAX_LONGITUDE_DEGREES);
    return join(sizes, latitude, longitude, reader.readU32());
  }

  private static int checkedSize(int size) {
    if (size != 0 && (size >> 4 == 0 || size >> 4 > 9 || (size & 0xf) > 9)) {
      throw new IllegalArgumentException("bad size or precision");
    }
    return size;
  }

  private static long checkedAngle(long angle, int maxDegrees) {
    if (Math.abs(angle - MIDDLE) > maxDegrees * MS_PER_DEGREE) {
      throw new IllegalArgumentException("latitude or longitude out of range");
    }
    return angle;
  }

  private static Bytes join(int[] sizes, long latitude, long longitude, long altitude) {
    ByteSink out = new ByteSink();
    out.u8(0);
    for (int size : sizes) {
      out.u8(size);
    }
    out.u32(latitude);
    out.u32(longitude);
    out.u32(altitude);
    return out.toBytes();
  }

  @Override
  public Bytes parse(TextScanner words) throws MalformedTextException {
    long latitude = angle(words, "N", "S", MAX_LATITUDE_DEGREES);
    long longitude = angle(words, "E", "W", MAX_LONGITUDE_DEGREES);
    long altitude = altitude(words.next());
    int[] sizes = {DEFAULT_SIZE, DEFAULT_HORIZONTAL_PRECISION, DEFAULT_VERTICAL_PRECISION};
    for (int i = 0; i < sizes.length && words.hasMore(); i++) {
      sizes[i] = size(words.next());
    }
    return join(sizes, latitude, longitude, altitude);
  }

  private static long angle(TextScanner words, String plus, String minus, int maxDegrees)
      throws MalformedTextException {
    long sum = decimal(words.next(), 0, maxDegrees) * MS_PER_DEGREE;
    String word = words.next();
    if (!word.equals(plus) && !word.equals(minus)) {
      sum += decimal(word, 0, 59) * MS_PER_MINUTE;
      word = words.next();
    }
    if (!word.equals(plus) && !word.equals(minus)) {
      sum += decimal(word, 3, 59);
      word = words.next();
    }
    if (!word.equals(plus) && !word.equals(minus)) {
      throw new MalformedTextException("neither " + plus + " nor " + minus + ": " + word);
    }
    return checkedAngle(word.equals(plus) ? MIDDLE + sum : MIDDLE - sum, maxDegrees);
  }

  private static long altitude(String word) throws MalformedTextException {
    boolean hasSign = word.startsWith("+") || word.startsWith("-");
    String metres = withoutUnit(hasSign ? word.substring(1) : word);
    return word.startsWith("-")
        ? ZERO_ALTITUDE_CM - within(decimal(metres, 2, 100_000), ZERO_ALTITUDE_CM)
        : ZERO_ALTITUDE_CM + within(decimal(metres, 2, 42_849_672), 0xffffffffL - ZERO_ALTITUDE_CM);
  }

  private static long within(long value, long max) throws MalformedTextException {
    if (value > max) {
      throw new MalformedTextException("altitude out of range");
    }
    return value;
  }

  private static String withoutUnit(String word) {
    return word.endsWith("m") ? word.substring(0, word.length() - 1) : word;
  }

  /** The first digit and the power of ten of a number of centimetres: 0 to 9, and those below. */
  private static int size(String word) throws MalformedTextException {
    long centimetres = decimal(withoutUnit(word), 2, MAX_SIZE_METRES);
    int power = 0;
    while (centimetres > 9) {
      centimetres /= 10;
      power++;
    }
    return (int) centimetres << 4 | power;
  }

  /**
   * A number with as many digits behind the point as {@code places}, or fewer; without the point.
   *
   * @param max of what stands before the point
   */
  private static long decimal(String word, int places, long max) throws MalformedTextException {
    int point = places == 0 ? -1 : word.indexOf('.');
    String whole = point < 0 ? word : word.substring(0, point);
    String fraction = point < 0 ? "" : word.substring(point + 1);
    long value = -1;
    if (fraction.length() <= places && !(whole + fraction).isEmpty()) {
      String digits = whole + fraction + "0".repeat(places - fraction.length());
      long limit = (max + 1) * Math.powExact(10L, places) - 1;
      value = Codes.parseDecimal(digits, limit).orElse(value);
    }
    if (value < 0) {
      throw new MalformedTextException("bad number: " + word);
    }
    return value;
  }

  @Override
  public String toText(Bytes wire) {
    return angleText(u32(wire, 4), "N", "S")
        + " "
        + angleText(u32(wire, 8), "E", "W")
        + " "
        + altitudeText(u32(wire, 12) - ZERO_ALTITUDE_CM)
        + " "
        + sizeText(wire.at(1))
        + " "
        + sizeText(wire.at(2))
        + " "
        + sizeText(wire.at(3));
  }

  private static long u32(Bytes wire, int offset) {
    long value = 0;
    for (int i = offset; i < offset + 4; i++) {
      value = value << 8 | wire.at(i);
    }
    return value;
  }

  private static String angleText(long angle, String plus, String minus) {
    long ms = Math.abs(angle - MIDDLE);
    return ms / MS_PER_DEGREE
        + " "
        + ms / MS_PER_MINUTE % 60
        + " "
        + fixed(ms % MS_PER_MINUTE, 3)
        + " "
        + (angle < MIDDLE ? minus : plus);
  }

  private static String altitudeText(long centimetres) {
    return (centimetres < 0 ? "-" : "") + fixed(Math.abs(centimetres), 2) + "m";
  }

  private static String fixed(long value, int places) {
    long unit = Math.powExact(10L, places);
    return String.format(Locale.ROOT, "%d.%0" + places + "d", value / unit, value % unit);
  }

  private static String sizeText(int size) {
    long centimetres = (size >> 4) * Math.powExact(10L, size & 0xf);
    return centimetres < 100 ? fixed(centimetres, 2) + "m" : centimetres / 100 + "m";
  }
}
