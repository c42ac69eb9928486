package org.chatarchiver.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Envelopes of SOAP 1.1 and what Exchange puts into them. */
final class EwsSoap {
    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages";
    static final String TYPES = "http://schemas.microsoft.com/exchange/services/2006/types";

    private EwsSoap() {}

    static Document parse(byte[] text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The element children. */
    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** All elements of that name, however deep. */
    static List<Element> all(Element parent, String namespace, String name) {
        List<Element> all = new ArrayList<>();
        var found = parent.getElementsByTagNameNS(namespace, name);
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    /** The content of a header or body. */
    static List<Element> content(Document envelope, String part) {
        return all(envelope.getDocumentElement(), SOAP, part).stream()
                .flatMap(element -> children(element).stream())
                .toList();
    }

    static String envelope(String body) {
        return String.format(Locale.ROOT, """
                <?xml version="1.0" encoding="utf-8"?>\
                <s:Envelope xmlns:s="%s"><s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="1" \
                MajorBuildNumber="2507" MinorBuildNumber="35" Version="V2017_07_11" xmlns:h="%s"/></s:Header>\
                <s:Body xmlns:m="%s" xmlns:t="%s">%s</s:Body></s:Envelope>""", SOAP, TYPES, MESSAGES, TYPES, body);
    }

    /** @param backOff in milliseconds; 0: none */
    static String fault(String code, String text, int backOff) {
        String errors = "http://schemas.microsoft.com/exchange/services/2006/errors";
        String more = backOff == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<t:MessageXml xmlns:t=\"%s\"><t:Value Name=\"BackOffMilliseconds\">%d</t:Value></t:MessageXml>",
                        TYPES,
                        backOff);
        return String.format(
                Locale.ROOT, """
                <?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="%s"><s:Body><s:Fault>\
                <faultcode xmlns:a="%s">a:%s</faultcode><faultstring xml:lang="en-US">%s</faultstring>\
                <detail><e:ResponseCode xmlns:e="%s">%s</e:ResponseCode><e:Message xmlns:e="%s">%s</e:Message>%s</detail>\
                </s:Fault></s:Body></s:Envelope>""", SOAP, TYPES, code, escaped(text), errors, code, errors, escaped(text), more);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
