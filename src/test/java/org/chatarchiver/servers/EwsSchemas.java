package org.chatarchiver.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Microsoft's schemas of Exchange Web Services, where they lie beside the project; they are no part of it. */
public final class EwsSchemas {
    public static final Path FOLDER = Path.of("..", "shared", "exchange", "ews");

    private static final Optional<Schema> SCHEMA = load();

    private EwsSchemas() {}

    public static boolean present() {
        return SCHEMA.isPresent();
    }

    private static Optional<Schema> load() {
        List<Path> files = Stream.of("xml.xsd", "types.xsd", "messages.xsd")
                .map(FOLDER::resolve)
                .toList();
        if (!files.stream().allMatch(Files::isRegularFile)) {
            return Optional.empty();
        }
        try {
            Source[] sources =
                    files.stream().map(file -> new StreamSource(file.toFile())).toArray(Source[]::new);
            return Optional.of(SchemaFactory.newDefaultInstance().newSchema(sources));
        } catch (SAXException e) {
            throw new IllegalStateException("the schemas in " + FOLDER + " cannot be used", e);
        }
    }

    /** What is wrong with what an envelope holds; empty where nothing is, or where there are no schemas. Faults are not described by them. */
    public static Optional<String> complaint(byte[] envelope) {
        if (SCHEMA.isEmpty()) {
            return Optional.empty();
        }
        Document document = EwsSoap.parse(envelope);
        return Stream.concat(EwsSoap.content(document, "Header").stream(), EwsSoap.content(document, "Body").stream())
                .filter(element -> !EwsSoap.SOAP.equals(element.getNamespaceURI()))
                .flatMap(element -> complaint(element).stream())
                .findFirst();
    }

    private static Optional<String> complaint(Element element) {
        try {
            SCHEMA.orElseThrow().newValidator().validate(new DOMSource(element));
            return Optional.empty();
        } catch (SAXException e) {
            return Optional.of(element.getLocalName() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
