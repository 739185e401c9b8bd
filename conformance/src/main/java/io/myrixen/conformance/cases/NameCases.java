package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.Peer;
import java.util.List;
import java.util.Locale;

/** Names and ids of boards. */
final class NameCases {

  private static final String SECTION = "MX API 1.8.10";

  /** Locally administered, and random enough that no board has it. */
  private static final long NOBODYS_NIC_ID = 0x02_5A_C3_99_17_E1L;

  private NameCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "nic-id-is-a-mac",
            "MX API 1.1",
            "A NIC id is a MAC in the low 48 bits, and a board's name ends in its number.",
            Paths.TO_OTHERS,
            NameCases::idIsMac),
        ConformanceCase.of(
            "name-leads-to-nic-id-and-back",
            SECTION,
            "A board's name leads to its NIC id, and that to the name.",
            Paths.TO_OTHERS,
            NameCases::thereAndBack),
        ConformanceCase.of(
            "bare-name-means-board-0",
            SECTION,
            "A host's name without a number stands for its board 0.",
            Paths.TO_OTHERS,
            NameCases::bareName),
        ConformanceCase.of(
            "name-is-compared-exactly",
            SECTION,
            "Names are compared exactly: another case is another name.",
            Paths.TO_OTHERS,
            NameCases::exactName),
        ConformanceCase.of(
            "unknown-name-is-host-not-found",
            SECTION,
            "A name that no board has is refused with HOST_NOT_FOUND.",
            Paths.ONCE,
            NameCases::unknownName),
        ConformanceCase.of(
            "unknown-nic-id-is-nic-not-found",
            SECTION,
            "A NIC id that no board has is refused with NIC_NOT_FOUND.",
            Paths.ONCE,
            NameCases::unknownNicId),
        ConformanceCase.of(
            "peers-are-everybody",
            "MX driver 3.8",
            "The table of peers has every board, the own ones included, each once.",
            Paths.TO_OTHERS,
            NameCases::peersAreEverybody));
  }

  private static void idIsMac(Scene scene) {
    for (Board board : scene.far().boards()) {
      equal(0L, board.nicId() >>> 48, "upper 16 bits of the NIC id");
      that(board.nicId() != 0, "the NIC id is zero");
      that(
          board.hostname().endsWith(":" + board.number()),
          "board %d is named %s".formatted(board.number(), board.hostname()));
    }
  }

  private static void thereAndBack(Scene scene) {
    for (Board board : scene.far().boards()) {
      equal(board.nicId(), scene.near().nicIdOf(board.hostname()), "NIC id of " + board.hostname());
      equal(board.hostname(), scene.near().hostnameOf(board.nicId()), "name of that NIC id");
    }
  }

  private static void bareName(Scene scene) {
    Board board = scene.far().boards().getFirst();
    String bare = board.hostname().substring(0, board.hostname().indexOf(':'));
    // The far host need not have its VM's board 0.
    long first = board.number() == 0 ? board.nicId() : scene.near().nicIdOf(bare + ":0");
    equal(first, scene.near().nicIdOf(bare), "NIC id of the bare name " + bare);
  }

  private static void exactName(Scene scene) {
    String name = scene.far().boards().getFirst().hostname();
    String upper = name.toUpperCase(Locale.ROOT);
    String other = upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    refused(ReturnCode.HOST_NOT_FOUND, () -> scene.near().nicIdOf(other), "looking up " + other);
  }

  private static void unknownName(Scene scene) {
    refused(
        ReturnCode.HOST_NOT_FOUND,
        () -> scene.near().nicIdOf("nobody-has-this-name:0"),
        "looking up a name that nobody has");
  }

  private static void unknownNicId(Scene scene) {
    refused(
        ReturnCode.NIC_NOT_FOUND,
        () -> scene.near().hostnameOf(NOBODYS_NIC_ID),
        "looking up a NIC id that nobody has");
  }

  private static void peersAreEverybody(Scene scene) {
    List<Peer> peers = scene.near().peers();
    equal(peers.size(), (int) peers.stream().map(Peer::nicId).distinct().count(), "distinct peers");
    for (Board board : scene.far().boards()) {
      that(
          peers.contains(new Peer(board.nicId(), board.hostname())),
          "%s is not among the peers %s".formatted(board.hostname(), peers));
    }
    for (Board board : scene.near().boards()) {
      that(
          peers.contains(new Peer(board.nicId(), board.hostname())),
          "the own board %s is not among the peers %s".formatted(board.hostname(), peers));
    }
  }
}
