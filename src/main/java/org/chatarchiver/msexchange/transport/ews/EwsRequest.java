package org.chatarchiver.msexchange.transport.ews;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.ItemClass;

/** The content of a SOAP body: one operation of EWS. Written as often as it is sent. */
interface EwsRequest {
    String RECEIVED = "item:DateTimeReceived";

    void write(EwsXml xml) throws XMLStreamException;

    /** Whether the mailbox can be opened: the id of its top folder, which needs the least of rights. */
    static EwsRequest getRoot() {
        return xml -> {
            xml.open("m:GetFolder")
                    .open("m:FolderShape")
                    .leaf("t:BaseShape", "IdOnly")
                    .close();
            xml.open("m:FolderIds");
            root(xml);
            xml.close().close();
        };
    }

    /** Folders of that name at the top level. */
    static EwsRequest findFolder(String name) {
        return xml -> {
            xml.open("m:FindFolder", "Traversal", "Shallow");
            shape(xml, "m:FolderShape", "folder:DisplayName");
            xml.open("m:Restriction");
            equal(xml, "folder:DisplayName", name);
            xml.close().open("m:ParentFolderIds");
            root(xml);
            xml.close().close();
        };
    }

    /** A folder for e-mails at the top level. */
    static EwsRequest createFolder(String name) {
        return xml -> {
            xml.open("m:CreateFolder").open("m:ParentFolderId");
            root(xml);
            xml.close().open("m:Folders").open("t:Folder");
            xml.leaf("t:FolderClass", "IPF.Note").leaf("t:DisplayName", name);
            xml.close().close().close();
        };
    }

    /** E-mails for a folder, as received and read items; the schema prescribes the order of elements. */
    static EwsRequest createItems(String folderId, List<Email> emails) {
        return xml -> {
            xml.open("m:CreateItem", "MessageDisposition", "SaveOnly");
            xml.open("m:SavedItemFolderId").empty("t:FolderId", "Id", folderId).close();
            xml.open("m:Items");
            for (Email email : emails) {
                item(xml, email);
            }
            xml.close().close();
        };
    }

    /**
     * The items of a folder that have one of these Message-IDs.
     *
     * @param messageIds at most {@link EwsSearch#MOST_IN_ONE}
     * @param offset how many of the items to leave out, because they were told before
     */
    static EwsRequest findItems(String folderId, List<String> messageIds, int offset) {
        return xml -> {
            xml.open("m:FindItem", "Traversal", "Shallow");
            shape(xml, "m:ItemShape", "message:InternetMessageId");
            xml.empty(
                    "m:IndexedPageItemView",
                    "MaxEntriesReturned",
                    String.valueOf(EwsSearch.PAGE),
                    "Offset",
                    String.valueOf(offset),
                    "BasePoint",
                    "Beginning");
            xml.open("m:Restriction");
            if (messageIds.size() > 1) {
                xml.open("t:Or");
            }
            for (String messageId : messageIds) {
                equal(xml, "message:InternetMessageId", messageId);
            }
            if (messageIds.size() > 1) {
                xml.close();
            }
            xml.close();
            xml.open("m:ParentFolderIds").empty("t:FolderId", "Id", folderId).close();
            xml.close();
        };
    }

    /**
     * The items of a folder that were received in that time, the earliest first.
     *
     * @param offset how many of them to leave out, because they were told before
     */
    static EwsRequest receivedItems(String folderId, Instant from, Instant until, int offset) {
        return xml -> {
            xml.open("m:FindItem", "Traversal", "Shallow");
            shape(xml, "m:ItemShape", RECEIVED, "message:InternetMessageId");
            xml.empty(
                    "m:IndexedPageItemView",
                    "MaxEntriesReturned",
                    String.valueOf(EwsSearch.PAGE),
                    "Offset",
                    String.valueOf(offset),
                    "BasePoint",
                    "Beginning");
            xml.open("m:Restriction").open("t:And");
            compare(xml, "t:IsGreaterThanOrEqualTo", RECEIVED, time(from));
            compare(xml, "t:IsLessThan", RECEIVED, time(until));
            xml.close().close();
            xml.open("m:SortOrder").open("t:FieldOrder", "Order", "Ascending");
            xml.empty("t:FieldURI", "FieldURI", RECEIVED).close().close();
            xml.open("m:ParentFolderIds").empty("t:FolderId", "Id", folderId).close();
            xml.close();
        };
    }

    private static String time(Instant time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        time.atOffset(ZoneOffset.UTC).withNano(0)) + "Z";
    }

    private static void item(EwsXml xml, Email email) throws XMLStreamException {
        String date = time(email.date());
        xml.open("t:Message");
        xml.open("t:MimeContent", "CharacterSet", "UTF-8");
        base64(xml, email.content());
        xml.close();
        xml.leaf("t:ItemClass", ItemClass.of(email.content()));
        // PidTagMessageFlags: read, and not a draft, which it would stay for ever; to be set at creation only
        // (MS-OXCMSG 2.2.1.6).
        property(xml, "0x0E07", "Integer", "1");
        property(xml, "0x0E06", "SystemTime", date);
        property(xml, "0x0039", "SystemTime", date);
        xml.leaf("t:IsRead", "true");
        xml.close();
    }

    private static void property(EwsXml xml, String tag, String type, String value) throws XMLStreamException {
        xml.open("t:ExtendedProperty").empty("t:ExtendedFieldURI", "PropertyTag", tag, "PropertyType", type);
        xml.leaf("t:Value", value).close();
    }

    /** In pieces, so that a large e-mail is not held as text beside its bytes. */
    private static void base64(EwsXml xml, byte[] content) throws XMLStreamException {
        // A multiple of three, so that only the last piece is padded.
        int piece = 3 * 16_384;
        for (int from = 0; from < content.length; from += piece) {
            byte[] bytes = new byte[Math.min(piece, content.length - from)];
            System.arraycopy(content, from, bytes, 0, bytes.length);
            xml.text(Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static void shape(EwsXml xml, String name, String... fields) throws XMLStreamException {
        xml.open(name).leaf("t:BaseShape", "IdOnly");
        xml.open("t:AdditionalProperties");
        for (String field : fields) {
            xml.empty("t:FieldURI", "FieldURI", field);
        }
        xml.close().close();
    }

    private static void equal(EwsXml xml, String field, String value) throws XMLStreamException {
        compare(xml, "t:IsEqualTo", field, value);
    }

    private static void compare(EwsXml xml, String operator, String field, String value) throws XMLStreamException {
        xml.open(operator).empty("t:FieldURI", "FieldURI", field);
        xml.open("t:FieldURIOrConstant").empty("t:Constant", "Value", value).close();
        xml.close();
    }

    private static void root(EwsXml xml) throws XMLStreamException {
        xml.empty("t:DistinguishedFolderId", "Id", "msgfolderroot");
    }
}
