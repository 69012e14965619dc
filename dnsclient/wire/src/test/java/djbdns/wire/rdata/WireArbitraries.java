package djbdns.wire.rdata;

import djbdns.wire.Bytes;
import djbdns.wire.Limits;
import djbdns.wire.Name;
import djbdns.wire.Question;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.message.Edns;
import djbdns.wire.message.EdnsOption;
import djbdns.wire.message.Message;
import djbdns.wire.message.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generators of every value of the wire format. */
public final class WireArbitraries {
  private WireArbitraries() {}

  static Arbitrary<Integer> u8() {
    return Arbitraries.integers().between(0, 0xff);
  }

  static Arbitrary<Integer> u16() {
    return Arbitraries.integers().between(0, 0xffff);
  }

  static Arbitrary<Long> u32() {
    return Arbitraries.longs().between(0, 0xffffffffL);
  }

  static Arbitrary<Bytes> bytes(int min, int max) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max).map(Bytes::of);
  }

  /** Labels that names have in common, so that there is something to compress, and any others. */
  private static Arbitrary<Bytes> labels() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            6,
            Arbitraries.of("a", "b", "www", "Example", "example", "COM", "com").map(Bytes::ofText)),
        Tuple.of(2, bytes(1, 8)),
        Tuple.of(1, bytes(1, 63)));
  }

  public static Arbitrary<Name> names() {
    return labels().list().ofMaxSize(6).map(WireArbitraries::nameOf);
  }

  /** The name of as many of the labels as fit 255 bytes. */
  public static Name nameOf(List<Bytes> labels) {
    ByteSink out = new ByteSink();
    int length = 1;
    for (Bytes label : labels) {
      length += 1 + label.length();
      if (length <= Limits.NAME_BYTES) {
        out.string(label);
      }
    }
    out.u8(0);
    return Name.ofWire(out.toBytes().toArray(), 0);
  }

  static Arbitrary<RecordType> types() {
    return Arbitraries.oneOf(
        Arbitraries.of(RecordType.mnemonics().values()), u16().map(RecordType::new));
  }

  static Arbitrary<TypeBitmap> bitmaps() {
    return types().list().ofMaxSize(10).map(TypeBitmap::of);
  }

  private static Arbitrary<Bytes> strings() {
    return Arbitraries.oneOf(
        bytes(0, 20),
        bytes(0, 255),
        Arbitraries.strings().ascii().ofMaxLength(20).map(Bytes::ofText));
  }

  private static Arbitrary<SvcParamKey> keysFrom(int first) {
    return Arbitraries.integers().between(first, 0xffff).map(SvcParamKey::new);
  }

  private static Arbitrary<SvcParam> params() {
    return Arbitraries.oneOf(
        bytes(1, 9).list().ofMinSize(1).ofMaxSize(4).map(SvcParam.Alpn::new),
        Arbitraries.just(new SvcParam.NoDefaultAlpn()),
        u16().map(SvcParam.Port::new),
        bytes(4, 4).list().ofMinSize(1).ofMaxSize(4).map(SvcParam.Ipv4Hint::new),
        bytes(1, 40).map(SvcParam.Ech::new),
        bytes(16, 16).list().ofMinSize(1).ofMaxSize(4).map(SvcParam.Ipv6Hint::new),
        Combinators.combine(keysFrom(7), strings()).as(SvcParam.Generic::new));
  }

  static Arbitrary<SvcParams> svcParams() {
    Arbitrary<List<SvcParam>> lists = params().list().ofMaxSize(6).uniqueElements(SvcParam::key);
    return Combinators.combine(lists, Arbitraries.of(true, false)).as(WireArbitraries::paramsOf);
  }

  private static SvcParams paramsOf(List<SvcParam> params, boolean mandatory) {
    List<SvcParam> all = new ArrayList<>(params);
    if (params.stream().noneMatch(param -> param instanceof SvcParam.Alpn)) {
      all.remove(new SvcParam.NoDefaultAlpn());
    }
    if (mandatory && !all.isEmpty()) {
      all.add(new SvcParam.Mandatory(List.of(all.getFirst().key())));
    }
    return SvcParams.ofUnordered(all);
  }

  public static Arbitrary<Rdata> rdata() {
    List<Arbitrary<? extends Rdata>> all = new ArrayList<>();
    all.addAll(simple());
    all.addAll(dnssec());
    all.addAll(services());
    return Arbitraries.oneOf(all.stream().map(arbitrary -> arbitrary.map(r -> (Rdata) r)).toList());
  }

  private static List<Arbitrary<? extends Rdata>> simple() {
    return List.of(
        bytes(4, 4).map(A::new),
        bytes(16, 16).map(Aaaa::new),
        names().map(Ns::new),
        names().map(Cname::new),
        names().map(Ptr::new),
        names().map(Dname::new),
        Combinators.combine(names(), names(), u32(), u32(), u32(), u32(), u32()).as(Soa::new),
        Combinators.combine(strings(), strings()).as(Hinfo::new),
        Combinators.combine(u16(), names()).as(Mx::new),
        strings().list().ofMinSize(1).ofMaxSize(5).map(Txt::new),
        Combinators.combine(unknownTypes(), bytes(0, 300)).as(Unknown::new));
  }

  private static Arbitrary<RecordType> unknownTypes() {
    return Arbitraries.integers().between(0xff00, 0xffff).map(RecordType::new);
  }

  private static List<Arbitrary<? extends Rdata>> dnssec() {
    Arbitrary<Bytes> salts = bytes(0, 16);
    return List.of(
        Combinators.combine(u16(), u8(), u8(), bytes(0, 48)).as(Ds::new),
        Combinators.combine(u16(), u8(), u8(), bytes(0, 300)).as(Dnskey::new),
        Combinators.combine(names(), bitmaps()).as(Nsec::new),
        Combinators.combine(u8(), u8(), u16(), salts, bytes(1, 40), bitmaps()).as(Nsec3::new),
        Combinators.combine(u8(), u8(), u16(), salts).as(Nsec3param::new),
        Combinators.combine(
                Combinators.combine(types(), u8(), u8(), u32(), u32(), u32(), u16()).as(List::of),
                names(),
                bytes(0, 300))
            .as(WireArbitraries::rrsigOf));
  }

  private static Rrsig rrsigOf(List<Object> fields, Name signer, Bytes signature) {
    return new Rrsig(
        (RecordType) fields.get(0),
        (int) fields.get(1),
        (int) fields.get(2),
        (long) fields.get(3),
        (long) fields.get(4),
        (long) fields.get(5),
        (int) fields.get(6),
        signer,
        signature);
  }

  private static List<Arbitrary<? extends Rdata>> services() {
    Arbitrary<Bytes> tags =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(15).map(Bytes::ofText);
    return List.of(
        Combinators.combine(u16(), u16(), u16(), names()).as(Srv::new),
        Combinators.combine(u16(), u16(), strings(), strings(), strings(), names()).as(Naptr::new),
        Combinators.combine(u8(), u8(), bytes(0, 40)).as(Sshfp::new),
        Combinators.combine(u8(), u8(), u8(), bytes(0, 64)).as(Tlsa::new),
        Combinators.combine(u8(), tags, strings()).as(Caa::new),
        Combinators.combine(u16(), names(), svcParams()).as(Svcb::new),
        Combinators.combine(u16(), names(), svcParams()).as(Https::new));
  }

  static Arbitrary<Question> questions() {
    return Combinators.combine(names(), types(), u16().map(RecordClass::new)).as(Question::new);
  }

  public static Arbitrary<ResourceRecord> records() {
    return Combinators.combine(names(), Arbitraries.longs().between(0, 0x7fffffff), rdata())
        .as(ResourceRecord::new);
  }

  static Arbitrary<Edns> edns() {
    Arbitrary<EdnsOption> options = Combinators.combine(u16(), bytes(0, 40)).as(EdnsOption::new);
    return Combinators.combine(u16(), u8(), u8(), u16(), options.list().ofMaxSize(4)).as(Edns::new);
  }

  public static Arbitrary<Message> messages() {
    Arbitrary<List<ResourceRecord>> section = records().list().ofMaxSize(6);
    Arbitrary<Optional<Edns>> edns = edns().optional();
    return Combinators.combine(
            u16(), u16(), questions().list().ofMaxSize(2), section, section, section, edns)
        .as(Message::new);
  }
}
