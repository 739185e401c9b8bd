package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.same;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.CaseFailure;
import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.InfoKey;
import io.myrixen.mx.InfoValue;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.board.Board;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be asked about boards, and the numbers of MX's codes. */
final class InfoCases {

  private static final String SECTION = "MX API 1.8.11";

  /** Texts have room for so many bytes, the NUL included. */
  private static final int MAX_TEXT = 128;

  private InfoCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        once(
            "info-lists-every-board",
            "MX defects 3.11",
            "The count of boards and the list of their ids are complete.",
            InfoCases::listsBoards),
        once(
            "info-tells-limits",
            SECTION,
            "Endpoints of a board, the longest small and the longest eager message are told.",
            InfoCases::tellsLimits),
        once(
            "info-tells-what-a-board-is",
            SECTION,
            "Product, part and serial number are texts of at most 127 bytes; the board has one "
                + "port, Ethernet, of 10 Gbit/s.",
            InfoCases::tellsBoard),
        once(
            "info-counters-count",
            SECTION,
            "There are as many labels and values as counters, and messages move some value.",
            InfoCases::countersCount),
        once(
            "info-of-no-board-is-board-unknown",
            SECTION,
            "A question about a board that is not there is refused with BOARD_UNKNOWN.",
            InfoCases::noBoard),
        once(
            "nic-id-leads-to-an-own-board",
            "MX API 1.8.10",
            "The id of an own board leads to its number, any other is refused with NIC_NOT_FOUND.",
            InfoCases::ownBoards),
        once(
            "codes-have-the-numbers-of-mx",
            "MX API 1.4",
            "Return and status codes have MX's numbers, and each has a text of its own.",
            InfoCases::codes));
  }

  private static ConformanceCase once(
      String name, String section, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, section, rule, Paths.ONCE, body);
  }

  private static long number(Scene scene, InfoKey key, int board) {
    return scene.near().info(key, board) instanceof InfoValue.Number(long value)
        ? value
        : fail(key, "a number");
  }

  private static List<Long> numbers(Scene scene, InfoKey key, int board) {
    if (scene.near().info(key, board) instanceof InfoValue.Numbers(List<Long> values)) {
      return values;
    }
    throw new CaseFailure(key + " is not several numbers");
  }

  private static long fail(InfoKey key, String kind) {
    throw new CaseFailure("%s is not %s".formatted(key, kind));
  }

  private static void listsBoards(Scene scene) {
    List<Long> ids = scene.near().boards().stream().map(Board::nicId).toList();
    equal((long) ids.size(), number(scene, InfoKey.NIC_COUNT, 0), "count of boards");
    equal(ids, numbers(scene, InfoKey.NIC_IDS, 0), "ids of boards");
  }

  private static void tellsLimits(Scene scene) {
    for (Board board : scene.near().boards()) {
      equal(
          (long) board.maxEndpoints(),
          number(scene, InfoKey.MAX_NATIVE_ENDPOINTS, board.number()),
          "endpoints of a board");
      equal(128L, number(scene, InfoKey.PIO_SEND_MAX, board.number()), "longest small message");
      equal(32_768L, number(scene, InfoKey.COPY_SEND_MAX, board.number()), "longest eager message");
      that(number(scene, InfoKey.NATIVE_REQUESTS, board.number()) > 0, "there are no requests");
      that(number(scene, InfoKey.NUMA_NODE, board.number()) >= 0, "a node below 0");
    }
  }

  private static void tellsBoard(Scene scene) {
    for (InfoKey key : List.of(InfoKey.PRODUCT_CODE, InfoKey.PART_NUMBER, InfoKey.SERIAL_NUMBER)) {
      if (!(scene.near().info(key, 0) instanceof InfoValue.Text(String text))) {
        throw new CaseFailure(key + " is not a text");
      }
      that(!text.isEmpty() && text.length() < MAX_TEXT, "%s is \"%s\"".formatted(key, text));
    }
    equal(1L, number(scene, InfoKey.PORT_COUNT, 0), "ports");
    equal(1L, number(scene, InfoKey.NET_TYPE, 0), "net type, 1 being Ethernet");
    equal(1L, number(scene, InfoKey.LINE_SPEED, 0), "line speed, 1 being 10 Gbit/s");
  }

  private static void countersCount(Scene scene) {
    long count = number(scene, InfoKey.COUNTERS_COUNT, 0);
    if (!(scene.near().info(InfoKey.COUNTERS_LABELS, 0) instanceof InfoValue.Texts(var labels))) {
      throw new CaseFailure("the counters' labels are not texts");
    }
    equal(count, (long) labels.size(), "labels");
    equal(labels.size(), new HashSet<>(labels).size(), "different labels");
    scene.toB();
    List<Long> before = numbers(scene, InfoKey.COUNTERS_VALUES, 0);
    equal(count, (long) before.size(), "values");
    scene.fence();
    that(!before.equals(numbers(scene, InfoKey.COUNTERS_VALUES, 0)), "a message moves no counter");
  }

  private static void noBoard(Scene scene) {
    int beyond = scene.near().boards().size();
    for (InfoKey key : List.of(InfoKey.MAX_NATIVE_ENDPOINTS, InfoKey.LINE_SPEED)) {
      refused(
          ReturnCode.BOARD_UNKNOWN,
          () -> scene.near().info(key, beyond),
          "%s of board %d".formatted(key, beyond));
    }
  }

  private static void ownBoards(Scene scene) {
    for (Board board : scene.near().boards()) {
      equal(board.number(), scene.near().boardOf(board.nicId()).number(), "number of a board");
    }
    refused(
        ReturnCode.NIC_NOT_FOUND,
        () -> scene.near().boardOf(0x02_5A_C3_99_17_E1L),
        "looking for nobody's board");
  }

  private static void codes(Scene scene) {
    Set<String> texts = new HashSet<>();
    for (ReturnCode code : ReturnCode.values()) {
      same(code, ReturnCode.of(code.number()), "return code " + code.number());
      that(texts.add(code.text()), "two return codes say " + code.text());
    }
    equal(20, ReturnCode.BUSY.number(), "number of BUSY");
    equal(43, ReturnCode.NOT_SUPPORTED_WITH_CONTEXT_ID.number(), "number of the last return code");
    for (StatusCode code : StatusCode.values()) {
      same(code, StatusCode.of(code.number()), "status code " + code.number());
      that(!code.text().isEmpty(), code + " has no text");
    }
    equal(5, StatusCode.TRUNCATED.number(), "number of TRUNCATED");
    equal(16, StatusCode.NO_RESOURCES.number(), "number of the last status code");
  }
}
