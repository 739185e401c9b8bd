package io.myrixen.driver.status;

import io.myrixen.driver.info.BoardInfo;
import io.myrixen.driver.info.DomainInfo;
import io.myrixen.driver.report.Table;
import io.myrixen.driver.service.CounterNames;
import io.myrixen.xen.XenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a system on real Xen fares, as far as one of its domains may see that.
 *
 * @param domain the domain, and what it sees
 * @param load what passed meanwhile, or null if the domain is not the driver domain, or its process
 *     publishes nothing
 */
public record DomainStatus(DomainInfo domain, @Nullable Load load) {

  /**
   * Looks for {@code interval} at the domain that this process runs in.
   *
   * @param directory where its driver domain, if it is one, publishes counters
   * @throws XenException if Xen's devices cannot be opened
   */
  public static DomainStatus read(Path directory, Duration interval) throws InterruptedException {
    @Nullable Load load = Load.measure(directory, interval);
    return new DomainStatus(DomainInfo.read(directory), load);
  }

  /** Whether it serves, or is served. */
  public boolean good() {
    return serves() ? load != null : domain.system().driverDomid() >= 0 && domain.served();
  }

  private boolean serves() {
    return load != null || domain.serves();
  }

  private List<BoardInfo> boards() {
    return domain.system().boards();
  }

  /** For people. */
  public String text() {
    var text =
        new StringBuilder(
            "domain         %d (%s) of Xen\n".formatted(domain.domid(), domain.name()));
    Load measured = load;
    if (measured != null) {
      long pid = measured.now().value(CounterNames.PID);
      text.append(LoadText.of("this domain, process " + pid, measured));
    } else if (serves()) {
      text.append("driver domain  this domain, where no process publishes anything\n");
    } else if (domain.system().driverDomid() < 0) {
      text.append("driver domain  none: this domain has no device\n");
    } else {
      text.append(
          "driver domain  domain %d%s\n"
              .formatted(domain.system().driverDomid(), domain.served() ? "" : ", which is gone"));
      text.append(LoadText.BLANK + "only there the load of the NIC and other VMs can be seen\n");
    }
    if (!boards().isEmpty()) {
      var table = new Table("board", "domain", "NIC id", "way", "state");
      for (BoardInfo board : boards()) {
        Object domid = board.domid() == BoardInfo.NO_DOMAIN ? "-" : board.domid();
        table.row(board.hostname(), domid, board.mac(), board.way(), board.state());
      }
      text.append('\n').append(table);
    }
    if (measured != null) {
      text.append(LoadText.endpoints(measured, boardNames()));
    }
    return text.toString();
  }

  private Map<Long, String> boardNames() {
    return boards().stream()
        .collect(Collectors.toMap(BoardInfo::nicId, BoardInfo::hostname, (first, _) -> first));
  }

  /** For machines; what cannot be seen is null. */
  public Map<String, @Nullable Object> json() {
    Load measured = load;
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("domid", domain.domid());
    object.put("name", domain.name());
    object.put("driverDomid", domain.system().driverDomid());
    object.put("served", domain.served());
    object.put("driverDomain", measured == null ? null : StatusJson.counts(measured));
    object.put("load", measured == null ? null : StatusJson.load(measured));
    object.put("boards", boards().stream().map(BoardInfo::json).toList());
    object.put("endpoints", measured == null ? null : StatusJson.endpoints(measured, boardNames()));
    return object;
  }
}
