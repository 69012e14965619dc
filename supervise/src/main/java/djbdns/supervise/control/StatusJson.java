package djbdns.supervise.control;

import djbdns.runtime.Json;
import djbdns.supervise.status.Ending;
import djbdns.supervise.status.StatusRecord;
import djbdns.supervise.tai.Tai64n;
import java.util.Optional;

/** A JSON object for a program to read: docs/man/svstat.md lists its members. */
final class StatusJson implements StatusFormat {
  @Override
  public String format(String directory, ServiceReport report, Tai64n now) {
    Json.Builder object = Json.object().text("directory", directory);
    return switch (report) {
      case ServiceReport.Unknown unknown -> object.text("error", unknown.reason()).toString();
      case ServiceReport.Supervised supervised -> add(object, supervised, now).toString();
    };
  }

  private static Json.Builder add(
      Json.Builder object, ServiceReport.Supervised service, Tai64n now) {
    StatusRecord status = service.status();
    boolean up = status.pid() != 0;
    object.flag("up", up);
    if (up) {
      object.number("pid", Integer.toUnsignedLong(status.pid()));
    }
    object
        .number("seconds", StatusText.seconds(status.since(), now))
        .flag("normallyUp", service.normallyUp())
        .flag("paused", up && status.paused())
        .text("want", want(status.want()));
    service
        .details()
        .ifPresent(details -> {
          object.text("phase", details.phase()).flag("ready", details.ready().isPresent());
          Optional<Tai64n> ready = details.ready();
          ready.ifPresent(at -> object.number("readySeconds", StatusText.seconds(at, now)));
          object.array("endings", details.endings().stream().map(StatusJson::ending).toList());
        });
    return object;
  }

  private static String want(char letter) {
    return switch (letter) {
      case 'u' -> "up";
      case 'd' -> "down";
      default -> "once";
    };
  }

  private static Json.Builder ending(Ending ending) {
    Json.Builder object = Json.object().text("at", ending.at().instant().toString());
    if (ending.isUnknown()) {
      return object;
    }
    return ending.signal() == 0
        ? object.number("code", ending.code())
        : object.number("signal", ending.signal());
  }
}
