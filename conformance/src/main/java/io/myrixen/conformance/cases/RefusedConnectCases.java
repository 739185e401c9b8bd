package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.refused;
import static io.myrixen.conformance.kit.Check.same;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.time.Duration;
import java.util.List;

/** Connects that cannot succeed. */
final class RefusedConnectCases {

  private static final String SECTION = "MX API 1.8.7";

  /** Locally administered, and random enough that no board has it. */
  private static final long NOBODYS_NIC_ID = 0x02_5A_C3_99_17_E1L;

  private static final int OTHER_KEY = Scene.KEY + 1;

  /** Long enough to notice that it is kept, short enough to wait for. */
  private static final Duration SHORT = Duration.ofMillis(20);

  private RefusedConnectCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        toOthers(
            "connect-with-wrong-key-is-refused",
            "A wrong key ends an iconnect with BAD_KEY and a connect with BAD_CONNECTION_KEY.",
            RefusedConnectCases::wrongKey),
        ConformanceCase.of(
            "connect-with-wrong-key-changes-nothing",
            "MX defects 3.11",
            "A connect with a wrong key leaves what the target has with others as it is.",
            Paths.TO_OTHERS,
            RefusedConnectCases::wrongKeyChangesNothing),
        toOthers(
            "connect-to-closed-endpoint-fails-at-once",
            "An endpoint that is not open ends an iconnect with ENDPOINT_CLOSED and a connect with "
                + "CONNECTION_FAILED.",
            RefusedConnectCases::toClosed),
        toOthers(
            "connect-to-bad-endpoint-id-fails-at-once",
            "An id that cannot be ends an iconnect with BAD_ENDPOINT and a connect with "
                + "BAD_ENDPOINT_ID.",
            RefusedConnectCases::toBadId),
        ConformanceCase.of(
            "connect-to-unknown-nic-is-nic-not-found",
            SECTION,
            "A NIC id that is nobody's is refused with NIC_NOT_FOUND.",
            Paths.ONCE,
            RefusedConnectCases::toUnknownNic),
        toOthers(
            "connect-to-silent-endpoint-times-out",
            "A target that does not call its library lets a connect end with TIMEOUT.",
            RefusedConnectCases::toSilent));
  }

  private static ConformanceCase toOthers(String name, String rule, ConformanceCase.Body body) {
    return ConformanceCase.of(name, SECTION, rule, Paths.TO_OTHERS, body);
  }

  private static Status iconnect(Scene scene, Endpoint to, int endpointId, int key) {
    Request request = scene.a().newRequest();
    scene.a().iconnect(to.board().nicId(), endpointId, key, 0, request);
    return scene.ends(scene.a(), request, "the connect");
  }

  private static void wrongKey(Scene scene) {
    Endpoint b = scene.b();
    equal(
        StatusCode.BAD_KEY, iconnect(scene, b, b.id(), OTHER_KEY).code(), "status of an iconnect");
    refused(
        ReturnCode.BAD_CONNECTION_KEY,
        () -> scene.a().connect(b.board().nicId(), b.id(), OTHER_KEY, scene.limit()),
        "a connect with a wrong key");
  }

  private static void wrongKeyChangesNothing(Scene scene) {
    EndpointAddress before = scene.toB();
    scene.toA();
    scene.fence();
    equal(
        StatusCode.BAD_KEY,
        iconnect(scene, scene.b(), scene.b().id(), OTHER_KEY).code(),
        "status of an iconnect");
    scene.fence();
    scene.fence(scene.b(), scene.toA(), scene.a());
    same(before, scene.connect(scene.a(), scene.b()), "address after a refused connect");
  }

  private static void toClosed(Scene scene) {
    Endpoint gone = scene.openFar(Scene.options());
    scene.a();
    scene.close(gone);
    equal(
        StatusCode.ENDPOINT_CLOSED,
        iconnect(scene, gone, gone.id(), Scene.KEY).code(),
        "status of an iconnect");
    refused(
        ReturnCode.CONNECTION_FAILED,
        () -> scene.a().connect(gone.board().nicId(), gone.id(), Scene.KEY, scene.limit()),
        "a connect to a closed endpoint");
  }

  private static void toBadId(Scene scene) {
    Endpoint b = scene.b();
    int beyond = b.board().maxEndpoints();
    equal(
        StatusCode.BAD_ENDPOINT,
        iconnect(scene, b, beyond, Scene.KEY).code(),
        "status of an iconnect");
    refused(
        ReturnCode.BAD_ENDPOINT_ID,
        () -> scene.a().connect(b.board().nicId(), beyond, Scene.KEY, scene.limit()),
        "a connect to an id that cannot be");
  }

  private static void toUnknownNic(Scene scene) {
    refused(
        ReturnCode.NIC_NOT_FOUND,
        () -> scene.a().connect(NOBODYS_NIC_ID, 0, Scene.KEY, scene.limit()),
        "a connect to nobody's NIC");
  }

  private static void toSilent(Scene scene) {
    scene.a();
    Endpoint silent = scene.openFar(Scene.options().withBackgroundProgress(false));
    refused(
        ReturnCode.TIMEOUT,
        () -> scene.a().connect(silent.board().nicId(), silent.id(), Scene.KEY, SHORT),
        "a connect to an endpoint that does not call");
  }
}
