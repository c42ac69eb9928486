package org.chatarchiver.hawtio;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.xml.LwModelToXMLDumper;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;

/**
 * Writes routes without how their errors are handled, which Hawtio 5.2 draws for steps of the route: what stands in front of {@code from}
 * with a line from nowhere, which ends all its drawing, and what stands behind it as if every message passed it.
 */
final class DrawableRoutes implements ModelToXMLDumper {
    private static final Set<String> ERRORS = Set.of("errorHandler", "onException");

    private final ModelToXMLDumper whole = new LwModelToXMLDumper();

    @Override
    public String dumpModelAsXml(CamelContext context, NamedNode node) throws Exception {
        return drawable(whole.dumpModelAsXml(context, node));
    }

    @Override
    public String dumpModelAsXml(
            CamelContext context, NamedNode node, boolean resolve, boolean generatedIds, boolean sourceLocation)
            throws Exception {
        return drawable(whole.dumpModelAsXml(context, node, resolve, generatedIds, sourceLocation));
    }

    @Override
    public String dumpBeansAsXml(CamelContext context, List<Object> beans) throws Exception {
        return whole.dumpBeansAsXml(context, beans);
    }

    @Override
    public String dumpDataFormatsAsXml(CamelContext context, Map<String, Object> formats) throws Exception {
        return whole.dumpDataFormatsAsXml(context, formats);
    }

    static String drawable(String xml) throws Exception {
        Document document = documents().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        NodeList routes = document.getElementsByTagNameNS("*", "route");
        for (int i = 0; i < routes.getLength(); i++) {
            keepSteps(routes.item(i));
        }
        Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
        writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter text = new StringWriter();
        writer.transform(new DOMSource(document), new StreamResult(text));
        return text.toString();
    }

    private static void keepSteps(Node route) {
        boolean begun = false;
        Node next = route.getFirstChild();
        while (next != null) {
            Node following = next.getNextSibling();
            if (next instanceof Element element) {
                begun |= "from".equals(element.getLocalName());
                if (!begun || ERRORS.contains(element.getLocalName())) {
                    remove(element);
                }
            }
            next = following;
        }
    }

    /** With the indentation in front of it. */
    private static void remove(Element element) {
        if (element.getPreviousSibling() instanceof Text indentation) {
            indentation.getParentNode().removeChild(indentation);
        }
        element.getParentNode().removeChild(element);
    }

    private static DocumentBuilderFactory documents() throws Exception {
        DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultNSInstance();
        documents.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return documents;
    }
}
