package org.chatarchiver.msexchange.transport.ews;

import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements by their usual prefixes: {@code s} for SOAP 1.1, {@code m} and {@code t} for the messages and types of EWS. */
final class EwsXml {
    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages";
    static final String TYPES = "http://schemas.microsoft.com/exchange/services/2006/types";

    private static final Map<String, String> NAMESPACES = Map.of("s", SOAP, "m", MESSAGES, "t", TYPES);

    private final XMLStreamWriter out;

    EwsXml(XMLStreamWriter out) {
        this.out = out;
    }

    /** The document's root. */
    EwsXml root(String name) throws XMLStreamException {
        open(name);
        for (Map.Entry<String, String> namespace : NAMESPACES.entrySet()) {
            out.writeNamespace(namespace.getKey(), namespace.getValue());
        }
        return this;
    }

    /** @param attributes names and values in turn */
    EwsXml open(String name, String... attributes) throws XMLStreamException {
        String prefix = name.substring(0, 1);
        out.writeStartElement(prefix, name.substring(2), NAMESPACES.get(prefix));
        for (int i = 0; i < attributes.length; i += 2) {
            out.writeAttribute(attributes[i], attributes[i + 1]);
        }
        return this;
    }

    EwsXml text(String text) throws XMLStreamException {
        out.writeCharacters(text);
        return this;
    }

    EwsXml close() throws XMLStreamException {
        out.writeEndElement();
        return this;
    }

    /** An element without content. */
    EwsXml empty(String name, String... attributes) throws XMLStreamException {
        return open(name, attributes).close();
    }

    /** An element with text alone. */
    EwsXml leaf(String name, String text) throws XMLStreamException {
        return open(name).text(text).close();
    }
}
