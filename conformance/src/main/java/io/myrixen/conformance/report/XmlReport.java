package io.myrixen.conformance.report;

import io.myrixen.conformance.run.Outcome;
import io.myrixen.conformance.run.Play;
import io.myrixen.conformance.run.Report;
import io.myrixen.conformance.run.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The XML that build servers know from JUnit: a test suite whose class names are the sections. */
public final class XmlReport {

  private static final double NS_PER_S = 1e9;

  private XmlReport() {}

  /**
   * Writes the document, in UTF-8 if {@code out} encodes so.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Report report, Writer out) throws IOException {
    try {
      writeSuite(report, out);
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void writeSuite(Report report, Writer out) throws XMLStreamException {
    XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "conformance of " + report.subject());
    xml.writeAttribute("tests", Integer.toString(report.results().size()));
    xml.writeAttribute("failures", Long.toString(report.failed()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(report.notApplicable()));
    xml.writeAttribute(
        "time", seconds(report.results().stream().mapToLong(Result::durationNs).sum()));
    for (Result result : report.results()) {
      xml.writeCharacters("\n  ");
      write(result, xml);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  private static void write(Result result, XMLStreamWriter xml) throws XMLStreamException {
    Play play = result.play();
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", play.conformanceCase().section());
    xml.writeAttribute("name", play.toString());
    xml.writeAttribute("time", seconds(result.durationNs()));
    switch (result.outcome()) {
      case Outcome.Passed _ -> {}
      case Outcome.Failed(Throwable cause) -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", cause.getClass().getName());
        xml.writeAttribute("message", legal(Failures.line(cause)));
        xml.writeCharacters(legal(trace(cause)));
        xml.writeEndElement();
      }
      case Outcome.NotApplicable(String reason) -> {
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", legal(reason));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static String seconds(long durationNs) {
    return String.format(Locale.ROOT, "%.6f", durationNs / NS_PER_S);
  }

  private static String trace(Throwable cause) {
    var text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** XML has no way to write most control characters. */
  private static String legal(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uD800-\\uDFFF\\uFFFE\\uFFFF]", "?");
  }
}
