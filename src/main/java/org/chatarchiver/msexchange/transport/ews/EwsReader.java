package org.chatarchiver.msexchange.transport.ews;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what is of use from the answers to our requests; what is unknown is passed over. No DTD and no entity of any kind is accepted. */
final class EwsReader {
    private static final XMLInputFactory READERS = readers();
    private static final String RESPONSE_MESSAGE = "ResponseMessage";

    private final XMLStreamReader in;
    private final List<EwsMessage> messages = new ArrayList<>();
    private boolean success;
    private String code;
    private String text;
    private Duration backOff;
    private List<EwsMessage.Folder> folders;
    private List<String> messageIds;
    private List<EwsMessage.Item> items;
    private boolean last;

    private EwsReader(XMLStreamReader in) {
        this.in = in;
        begin(false);
    }

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("an answer refers to another document");
        });
        return factory;
    }

    /** @throws XMLStreamException where it is not an answer of EWS, or was cut off */
    static EwsAnswer read(InputStream content) throws XMLStreamException {
        XMLStreamReader in = READERS.createXMLStreamReader(content);
        try {
            return new EwsReader(in).answer();
        } finally {
            in.close();
        }
    }

    private EwsAnswer answer() throws XMLStreamException {
        EwsMessage fault = null;
        boolean answered = false;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("an answer with a DTD or an entity");
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                answered |= in.getNamespaceURI() != null && in.getLocalName().equals("ResponseMessages");
                start(in.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (in.getLocalName().equals("Fault") && EwsXml.SOAP.equals(in.getNamespaceURI())) {
                    fault = message();
                } else if (in.getLocalName().endsWith(RESPONSE_MESSAGE)) {
                    messages.add(message());
                }
            }
        }
        if (fault == null && !answered) {
            throw new XMLStreamException("neither an answer of Exchange Web Services nor a fault");
        }
        return new EwsAnswer(messages, fault);
    }

    private void start(String name) throws XMLStreamException {
        if (name.endsWith(RESPONSE_MESSAGE)) {
            begin("Success".equals(attribute("ResponseClass")));
            return;
        }
        switch (name) {
            // A fault's code stands in its detail once more, without a prefix.
            case "faultcode" ->
                code = in.getElementText().replaceFirst("^.*:", "").strip();
            case "ResponseCode" -> code = in.getElementText().strip();
            case "faultstring", "MessageText", "Message" -> words();
            case "Value" -> value(attribute("Name"));
            case "FolderId" -> folders.add(new EwsMessage.Folder(attribute("Id"), ""));
            case "DisplayName" -> name(in.getElementText());
            case "ItemId" -> items.add(new EwsMessage.Item(attribute("Id"), "", null));
            case "DateTimeReceived" -> received(in.getElementText().strip());
            case "InternetMessageId" -> messageId(in.getElementText().strip());
            case "RootFolder" -> last = !"false".equals(attribute("IncludesLastItemInRange"));
            default -> {}
        }
    }

    /** A found item is called Message too, and has elements. */
    private void words() throws XMLStreamException {
        if (!EwsXml.TYPES.equals(in.getNamespaceURI())) {
            text = in.getElementText().strip();
        }
    }

    private void value(String name) throws XMLStreamException {
        if ("BackOffMilliseconds".equals(name)) {
            String value = in.getElementText().strip();
            backOff = value.matches("\\d{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : null;
        } else if ("Primary".equals(name)) {
            text += " (" + in.getElementText().strip() + ")";
        }
    }

    private void name(String name) {
        if (!folders.isEmpty()) {
            String id = folders.remove(folders.size() - 1).id();
            folders.add(new EwsMessage.Folder(id, name));
        }
    }

    private void received(String time) {
        if (!items.isEmpty()) {
            EwsMessage.Item item = items.remove(items.size() - 1);
            items.add(new EwsMessage.Item(item.id(), item.messageId(), instant(time)));
        }
    }

    private static Instant instant(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private void messageId(String messageId) {
        messageIds.add(messageId);
        if (!items.isEmpty()) {
            EwsMessage.Item item = items.remove(items.size() - 1);
            items.add(new EwsMessage.Item(item.id(), messageId, item.received()));
        }
    }

    private String attribute(String name) {
        String value = in.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private void begin(boolean succeeded) {
        success = succeeded;
        code = "";
        text = "";
        backOff = null;
        folders = new ArrayList<>();
        messageIds = new ArrayList<>();
        items = new ArrayList<>();
        last = true;
    }

    private EwsMessage message() {
        return new EwsMessage(success, code, text, backOff, folders, messageIds, items, last);
    }
}
