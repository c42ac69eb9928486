package org.chatarchiver.servers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** Carries requests out, as strictly as Exchange or more so: nothing is accepted in another order or form than documented. */
final class EwsOperations {
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]+>)");
    private static final String ITEM_FORM = "MimeContent ItemClass( ExtendedProperty)* IsRead";

    /** After these, Exchange does not try the items that follow. */
    private static final List<String> STOPPING = List.of(
            "ErrorAccessDenied", "ErrorQuotaExceeded", "ErrorMailboxStoreUnavailable", "ErrorMailboxMoveInProgress");

    private final EwsMailboxes mailboxes;
    private volatile int itemLimit = Integer.MAX_VALUE;
    private volatile int findLimit = 1000;

    EwsOperations(EwsMailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    void itemLimit(int bytes) {
        itemLimit = bytes;
    }

    void findLimit(int items) {
        findLimit = items;
    }

    /** The answer's body, or a whole envelope with a fault. */
    String execute(Element operation, String mailbox, Map<Integer, String> codes) {
        return switch (operation.getLocalName()) {
            case "GetFolder" ->
                message("GetFolder", "<m:Folders>" + folder("root/" + mailbox, "", "") + "</m:Folders>");
            case "FindFolder" -> findFolder(operation, mailbox);
            case "CreateFolder" -> createFolder(operation, mailbox);
            case "CreateItem" -> createItem(operation, mailbox, codes);
            case "FindItem" -> findItem(operation, mailbox);
            default -> EwsSoap.fault("ErrorInvalidRequest", "unknown operation " + operation.getLocalName(), 0);
        };
    }

    private String findFolder(Element operation, String mailbox) {
        requireRoot(operation);
        List<EwsMailboxes.Folder> found =
                mailboxes.top(mailbox, constants(operation).get(0));
        return message(
                "FindFolder",
                String.format(
                        Locale.ROOT,
                        "<m:RootFolder TotalItemsInView=\"%d\" IncludesLastItemInRange=\"true\"><t:Folders>%s</t:Folders></m:RootFolder>",
                        found.size(),
                        found.stream()
                                .map(folder -> folder(folder.id(), folder.name(), ""))
                                .collect(Collectors.joining())));
    }

    private String createFolder(Element operation, String mailbox) {
        requireRoot(operation);
        String name = text(operation, "DisplayName");
        if (name.length() > 255) {
            return error("CreateFolder", "ErrorFolderSavePropertyError", "<m:Folders/>");
        }
        EwsMailboxes.Folder made = mailboxes.make(mailbox, name, text(operation, "FolderClass"));
        return made == null
                ? error("CreateFolder", "ErrorFolderExists", "<m:Folders/>")
                : message("CreateFolder", "<m:Folders>" + folder(made.id(), "", "") + "</m:Folders>");
    }

    private String createItem(Element operation, String mailbox, Map<Integer, String> codes) {
        if (!operation.getAttribute("MessageDisposition").equals("SaveOnly")) {
            return EwsSoap.fault("ErrorMessageDispositionRequired", "MessageDisposition must be SaveOnly.", 0);
        }
        Element saved =
                EwsSoap.all(operation, EwsSoap.MESSAGES, "SavedItemFolderId").get(0);
        EwsMailboxes.Folder folder =
                mailboxes.byId(mailbox, EwsSoap.children(saved).get(0).getAttribute("Id"));
        StringBuilder messages = new StringBuilder();
        List<Element> items = EwsSoap.children(
                EwsSoap.all(operation, EwsSoap.MESSAGES, "Items").get(0));
        boolean stopped = false;
        for (int i = 0; i < items.size(); i++) {
            String form = EwsSoap.children(items.get(i)).stream()
                    .map(Element::getLocalName)
                    .collect(Collectors.joining(" "));
            if (!form.matches(ITEM_FORM)) {
                return EwsSoap.fault("ErrorSchemaValidation", "The element is out of place: " + form, 0);
            }
            String denied = mailboxes.mayBeWritten(mailbox) ? codes.get(i) : "ErrorAccessDenied";
            String code = folder == null ? "ErrorFolderNotFound" : denied;
            messages.append(stopped ? stopped() : create(folder, items.get(i), code));
            stopped |= code != null && STOPPING.contains(code);
        }
        return "<m:CreateItemResponse><m:ResponseMessages>" + messages + "</m:ResponseMessages></m:CreateItemResponse>";
    }

    private String create(EwsMailboxes.Folder folder, Element item, String code) {
        if (code != null) {
            return one("CreateItem", code, "<m:Items/>");
        }
        byte[] mime;
        try {
            mime = Base64.getDecoder().decode(text(item, "MimeContent"));
        } catch (IllegalArgumentException e) {
            return one("CreateItem", "ErrorMimeContentInvalidBase64String", "<m:Items/>");
        }
        if (mime.length > itemLimit) {
            return one("CreateItem", "ErrorMessageSizeExceeded", "<m:Items/>");
        }
        Map<String, String> properties = EwsSoap.all(item, EwsSoap.TYPES, "ExtendedProperty").stream()
                .collect(Collectors.toMap(
                        property -> EwsSoap.children(property).get(0).getAttribute("PropertyTag") + " "
                                + EwsSoap.children(property).get(0).getAttribute("PropertyType"),
                        property -> text(property, "Value")));
        String flags = properties.get("0x0E07 Integer");
        String id = mailboxes.add(
                folder,
                new EwsMailboxes.Item(
                        messageId(mime),
                        mime,
                        text(item, "ItemClass"),
                        flags == null ? null : Integer.valueOf(flags),
                        instant(properties.get("0x0E06 SystemTime")),
                        instant(properties.get("0x0039 SystemTime")),
                        text(item, "IsRead").equals("true")));
        return one(
                "CreateItem",
                "NoError",
                String.format(
                        Locale.ROOT,
                        "<m:Items><t:Message><t:ItemId Id=\"%s\" ChangeKey=\"CQ\"/></t:Message></m:Items>",
                        id));
    }

    private static Instant instant(String value) {
        return value == null ? null : Instant.parse(value);
    }

    private static String messageId(byte[] mime) {
        Matcher found = MESSAGE_ID.matcher(new String(mime, StandardCharsets.ISO_8859_1));
        return found.find() ? found.group(1) : "";
    }

    private static String stopped() {
        return String.format(
                Locale.ROOT,
                "<m:CreateItemResponseMessage ResponseClass=\"Warning\"><m:MessageText>%s</m:MessageText><m:ResponseCode>%s</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:Items/></m:CreateItemResponseMessage>",
                "An internal server error occurred. The operation stopped.",
                "ErrorBatchProcessingStopped");
    }

    private String findItem(Element operation, String mailbox) {
        Element parent =
                EwsSoap.all(operation, EwsSoap.MESSAGES, "ParentFolderIds").get(0);
        EwsMailboxes.Folder folder =
                mailboxes.byId(mailbox, EwsSoap.children(parent).get(0).getAttribute("Id"));
        if (folder == null) {
            return error("FindItem", "ErrorFolderNotFound", "");
        }
        List<String> wanted = constants(operation);
        if (wanted.size() > 80) {
            return error("FindItem", "ErrorRestrictionTooLong", "");
        }
        Element view =
                EwsSoap.all(operation, EwsSoap.MESSAGES, "IndexedPageItemView").get(0);
        int offset = Integer.parseInt(view.getAttribute("Offset"));
        int most = Math.min(findLimit, Integer.parseInt(view.getAttribute("MaxEntriesReturned")));
        boolean byTime =
                !EwsSoap.all(operation, EwsSoap.TYPES, "IsGreaterThanOrEqualTo").isEmpty();
        List<EwsMailboxes.Item> all = mailboxes.snapshot(folder).stream()
                .filter(item -> byTime ? isReceived(item, wanted) : wanted.contains(item.messageId()))
                .toList();
        List<EwsMailboxes.Item> page = all.stream().skip(offset).limit(most).toList();
        String items = page.stream().map(item -> found(item, byTime)).collect(Collectors.joining());
        int next = offset + page.size();
        return message(
                "FindItem",
                String.format(
                        Locale.ROOT,
                        "<m:RootFolder IndexedPagingOffset=\"%d\" TotalItemsInView=\"%d\" IncludesLastItemInRange=\"%s\"><t:Items>%s</t:Items></m:RootFolder>",
                        next,
                        all.size(),
                        next == all.size(),
                        items));
    }

    private static boolean isReceived(EwsMailboxes.Item item, List<String> ends) {
        return !item.received().isBefore(Instant.parse(ends.get(0)))
                && item.received().isBefore(Instant.parse(ends.get(1)));
    }

    private static String found(EwsMailboxes.Item item, boolean withTime) {
        return "<t:Message><t:ItemId Id=\"AAMk" + System.identityHashCode(item) + "\" ChangeKey=\"CQ\"/>"
                + (withTime ? "<t:DateTimeReceived>" + item.received() + "</t:DateTimeReceived>" : "")
                + "<t:InternetMessageId>" + EwsSoap.escaped(item.messageId())
                + "</t:InternetMessageId></t:Message>";
    }

    private static void requireRoot(Element operation) {
        Element root =
                EwsSoap.all(operation, EwsSoap.TYPES, "DistinguishedFolderId").get(0);
        if (!root.getAttribute("Id").equals("msgfolderroot")) {
            throw new IllegalArgumentException("folders are at the top level");
        }
    }

    private static List<String> constants(Element operation) {
        return EwsSoap.all(operation, EwsSoap.TYPES, "Constant").stream()
                .map(constant -> constant.getAttribute("Value"))
                .toList();
    }

    private static String text(Element parent, String name) {
        List<Element> found = EwsSoap.all(parent, EwsSoap.TYPES, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    private static String folder(String id, String name, String more) {
        return String.format(
                Locale.ROOT,
                "<t:Folder><t:FolderId Id=\"%s\" ChangeKey=\"AQ\"/>%s%s</t:Folder>",
                EwsSoap.escaped(id),
                name.isEmpty() ? "" : "<t:DisplayName>" + EwsSoap.escaped(name) + "</t:DisplayName>",
                more);
    }

    static String error(String operation, String code, String content) {
        return String.format(
                Locale.ROOT,
                "<m:%1$sResponse><m:ResponseMessages>%2$s</m:ResponseMessages></m:%1$sResponse>",
                operation,
                one(operation, code, content));
    }

    private static String message(String operation, String content) {
        return error(operation, "NoError", content);
    }

    private static String one(String operation, String code, String content) {
        return code.equals("NoError")
                ? String.format(
                        Locale.ROOT,
                        "<m:%1$sResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError</m:ResponseCode>%2$s</m:%1$sResponseMessage>",
                        operation,
                        content)
                : String.format(
                        Locale.ROOT,
                        "<m:%1$sResponseMessage ResponseClass=\"Error\"><m:MessageText>It failed: %2$s.</m:MessageText><m:ResponseCode>%2$s</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>%3$s</m:%1$sResponseMessage>",
                        operation,
                        code,
                        content);
    }
}
