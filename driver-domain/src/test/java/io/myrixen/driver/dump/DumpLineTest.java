package io.myrixen.driver.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DumpLineTest {

  @Test
  void shouldReadWordsAndValues() {
    assertEquals(
        List.of(
            new DumpLine("partner", Map.of("address", "20000000001/0")),
            new DumpLine("waits", Map.of())),
        DumpLine.parse("partner address=20000000001/0\nwaits"));
  }

  @Test
  void shouldTypeNumbersAndTruthForMachines() {
    DumpLine line =
        Objects.requireNonNull(DumpLine.parse("receive info=10 bytes=-10 whole=true from=-"))
            .getFirst();
    assertEquals(Map.of("info", "10", "bytes", -10L, "whole", true, "from", "-"), line.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "Word a=1",
        "word a",
        "word =1",
        "word a=",
        "word  a=1",
        "word a=1 a=2",
        "word a=\u001b[2J",
        "word a=<script>",
        "word a=x\rforged: line",
        "\u001b]0;title\u0007",
        "word A=1",
      })
  void shouldRefuseWhatItWouldNotPrint(String text) {
    assertNull(DumpLine.parse(text));
  }

  @Test
  void shouldRefuseMoreThanAnyAnswerHas() {
    assertNotNull(DumpLine.parse("a\n".repeat(199) + "a"));
    assertNull(DumpLine.parse("a\n".repeat(200) + "a"));
    assertNull(DumpLine.parse("a b=" + "1".repeat(65)));
    var many = new StringBuilder("a");
    for (char key = 'a'; key <= 'z'; key++) {
      many.append(' ').append(key).append("=1");
    }
    assertNull(DumpLine.parse(many.toString()));
  }

  @RepeatedTest(64)
  void shouldNeverThrowOnWhatAVmWrote() {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    String alphabet = "ab=1 \n\u0000\u00e4-:";
    var text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    List<DumpLine> lines = DumpLine.parse(text.toString());
    if (lines != null) {
      lines.forEach(line -> assertNotNull(line.json(), "seed=" + seed));
    }
  }
}
