package io.myrixen.mx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.match.ContextIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options from system properties and from the environment variables of MX and Open-MX. */
class EnvironmentTest {

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  private EndpointOptions options() {
    return EndpointOptions.from(new Environment(properties::get, variables::get));
  }

  @Test
  void shouldHaveMxsDefaults() {
    EndpointOptions options = options();

    assertEquals(32_768, options.rendezvousThreshold());
    assertEquals(512, options.zombieSends());
    assertEquals(ContextIds.NONE, options.contextIds());
    assertTrue(options.backgroundProgress());
  }

  @Test
  void shouldReadVariables() {
    variables.put("MX_MONOTHREAD", "1");
    variables.put("MX_ZOMBIE_SEND", "7");
    variables.put("OMX_RNDV_THRESHOLD", "4096");
    variables.put("MX_MAX_RETRIES", "10");
    variables.put("OMX_WAITSPIN", "1");
    variables.put("OMX_CTXIDS", "4, 60");
    EndpointOptions options = options();

    assertFalse(options.backgroundProgress());
    assertEquals(7, options.zombieSends());
    assertEquals(4_096, options.rendezvousThreshold());
    assertEquals(Duration.ofSeconds(5), options.requestTimeout());
    assertEquals(Duration.ofMinutes(1), options.waitBudget());
    assertEquals(new ContextIds(4, 60), options.contextIds());
  }

  @Test
  void shouldPreferPropertiesAndOpenMxsNames() {
    variables.put("MX_ZOMBIE_SEND", "7");
    variables.put("OMX_ZOMBIE_SEND", "8");
    assertEquals(8, options().zombieSends());
    properties.put(EndpointOptions.ZOMBIE_SENDS_PROP_NAME, "9");
    assertEquals(9, options().zombieSends());
    variables.put("MX_MONOTHREAD", "1");
    properties.put(EndpointOptions.BACKGROUND_PROP_NAME, "true");
    assertTrue(options().backgroundProgress());
  }

  @Test
  void shouldIgnoreMxsNamesWhenAsked() {
    variables.put("OMX_IGNORE_MX_ENV", "1");
    variables.put("MX_ZOMBIE_SEND", "7");
    variables.put("OMX_RNDV_THRESHOLD", "4096");

    assertEquals(512, options().zombieSends());
    assertEquals(4_096, options().rendezvousThreshold());
  }

  @Test
  void shouldTakeErrorsForFatalOnlyWhenAsked() {
    var around = new Environment(properties::get, variables::get);
    assertSame(ErrorHandler.RETURN, ProcessErrors.initial(around));
    variables.put("MX_ERRORS_ARE_FATAL", "1");
    assertSame(ErrorHandler.FATAL, ProcessErrors.initial(around));
    variables.put("OMX_FATAL_ERRORS", "0");
    assertSame(ErrorHandler.RETURN, ProcessErrors.initial(around));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "OMX_CTXIDS 17,0",
        "OMX_CTXIDS 4",
        "OMX_CTXIDS a,b",
        "OMX_CTXIDS 4,60,1",
        "MX_ZOMBIE_SEND many",
        "MX_MONOTHREAD perhaps"
      })
  void shouldNameTheVariableThatIsNoGood(String name, String value) {
    variables.put(name, value);
    MxException refused = assertThrows(MxException.class, this::options);

    assertEquals(ReturnCode.BAD_PARAM_VAL, refused.code());
    assertTrue(refused.toString().contains(name), refused::toString);
    assertTrue(refused.toString().contains(value), refused::toString);
  }
}
