package org.chatarchiver.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.sandbox.Person.Standing;

/** The made-up organisation whose traffic is archived, and the people it talks to. Numbers are of ranges for fiction where a country has one. */
final class Company {
    private static final String MAPPING_HEADER = "External User ID,Microsoft 365 User Mailbox\r\n";

    /** language, first and last name, mailbox name, number. */
    private static final String EMPLOYEES = """
            en|Emma|Clarke|emma.clarke|+447700900101
            en|Oliver|Bennett|oliver.bennett|+447700900102
            en|Amelia|Fraser|amelia.fraser|+447700900103
            en|Jack|O'Neill|jack.oneill|+447700900104
            en|Grace|Whitfield|grace.whitfield|+447700900105
            en|Daniel|Brooks|daniel.brooks|+12025550111
            en|Hannah|Morgan|hannah.morgan|+12025550112
            en|Tyler|Jackson|tyler.jackson|+12025550113
            en|Rachel|Cohen|rachel.cohen|+12125550114
            en|Marcus|Reed|marcus.reed|+12125550115
            zh|伟|张|zhang.wei|+8613800138001
            zh|秀英|王|wang.xiuying|+8613800138002
            zh|敏|李|li.min|+8613800138003
            zh|静|刘|liu.jing|+8613800138004
            zh|丽|陈|chen.li|+8613800138005
            zh|强|杨|yang.qiang|+8613800138006
            zh|洋|赵|zhao.yang|+8613800138007
            zh|艳|黄|huang.yan|+8613800138008
            zh|杰|周|zhou.jie|+8613800138009
            ar|فاطمة|الزهراء|fatima.alzahra|+971501234501
            ar|محمد|الهاشمي|mohammed.alhashimi|+971501234502
            ar|ليلى|حداد|layla.haddad|+971501234503
            ar|عمر|منصور|omar.mansour|+971501234504
            de|Jürgen|Müller|juergen.mueller|+491512345601
            de|Sabine|Groß|sabine.gross|+491512345602
            de|Björn|Schäfer|bjoern.schaefer|+491512345603
            de|Anneliese|von der Heide|anneliese.vonderheide|+491512345604
            es|José María|Núñez García|josemaria.nunez|+34612345601
            es|Lucía|Fernández|lucia.fernandez|+34612345602
            es|Íñigo|Etxeberria|inigo.etxeberria|+34612345603
            hi|प्रिया|शर्मा|priya.sharma|+919812345601
            hi|राहुल|वर्मा|rahul.verma|+919812345602
            hi|अनन्या|गुप्ता|ananya.gupta|+919812345603
            ja|健太|佐藤|kenta.sato|+819012345601
            ja|美咲|鈴木|misaki.suzuki|+819012345602
            ja|翔|高橋|sho.takahashi|+819012345603
            en|Sofia|Rossi|sofia.rossi|+447700900106
            en|Noah|Lindqvist|noah.lindqvist|+447700900107
            en|Peter|Forgotten|peter.forgotten|+447700900108
            de|Karl|Gegangen|karl.gegangen|+491512345605
            """;

    private static final String CONTACTS = """
            en|Charlotte|Hughes|charlotte|+447700900201
            en|George|Patel|george|+447700900202
            en|Ava|Thompson|ava|+12025550151
            en|Liam|Garcia|liam|+12025550152
            zh|芳|孙|sunfang|+8613900139001
            zh|磊|马|malei|+8613900139002
            zh|婷|朱|zhuting|+8613900139003
            zh|建国|胡|hujianguo|+8613900139004
            ar|خالد|النجار|khalid|+971509876501
            ar|نور|صالح|nour|+971509876502
            de|Käthe|Weiß|kaethe|+491519876501
            de|Uwe|Krüger|uwe|+491519876502
            es|Andrés|Peña|andres|+34698765401
            es|Begoña|Ibáñez|begona|+34698765402
            hi|विक्रम|सिंह|vikram|+919898765401
            hi|नेहा|जोशी|neha|+919898765402
            ja|大輔|渡辺|daisuke|+819098765401
            ja|さくら|山本|sakura|+819098765402
            en|🌟 Mia|Stardust|mia|+447700900203
            en|Delivery|||+447700900204
            """;

    /** As the network writes the number; the mapping file has it with the ninth digit. */
    private static final Person BRAZILIAN = new Person(
            "es",
            "Beatriz",
            "Oliveira",
            "+551188880101",
            "wxid_beatriz",
            "beatriz.oliveira@example.com",
            Standing.MAPPED);

    private static final String BRAZILIAN_ROW = "+55 11 98888-0101,beatriz.oliveira@example.com\r\n";

    private final List<Person> employees;
    private final List<Person> contacts;

    Company() {
        this.employees = people(EMPLOYEES, true);
        this.contacts = people(CONTACTS, false);
    }

    private static List<Person> people(String table, boolean inside) {
        List<Person> people = new ArrayList<>();
        for (String line : table.lines().toList()) {
            String[] cell = line.split("\\|", -1);
            int n = people.size();
            Standing standing = inside ? standing(cell[3]) : Standing.OUTSIDE;
            String email = inside
                    ? (standing == Standing.FORGOTTEN ? "" : cell[3] + "@example.com")
                    : (n % 4 == 0 ? cell[3] + "@partner.example" : "");
            String id = "wxid_"
                    + Long.toString(0x5DEECE66DL * (n + (inside ? 7 : 907)), 36).toLowerCase(Locale.ROOT);
            people.add(new Person(cell[0], cell[1], cell[2], cell[cell.length - 1], id, email, standing));
        }
        return List.copyOf(people);
    }

    private static Standing standing(String mailbox) {
        return switch (mailbox) {
            case "sofia.rossi", "noah.lindqvist" -> Standing.AUTOMATIC;
            case "peter.forgotten" -> Standing.FORGOTTEN;
            case "karl.gegangen" -> Standing.LEFT;
            default -> Standing.MAPPED;
        };
    }

    List<Person> employees() {
        return employees;
    }

    List<Person> contacts() {
        return contacts;
    }

    Person standing(Standing standing) {
        return employees.stream()
                .filter(one -> one.standing() == standing)
                .findFirst()
                .orElseThrow();
    }

    /** An employee of whom only the odd cases tell. */
    Person brazilian() {
        return BRAZILIAN;
    }

    /** The mailboxes that exist. */
    List<String> mailboxes() {
        return Stream.concat(employees.stream(), Stream.of(BRAZILIAN))
                .filter(Person::hasMailbox)
                .map(Person::email)
                .toList();
    }

    /** CSV, CRLF; on WeChat each employee stands there by number and by wxid. Some numbers are written as people write them. */
    String mapping(String network) {
        return employees.stream()
                .filter(one -> one.standing() == Standing.MAPPED || one.standing() == Standing.LEFT)
                .flatMap(one -> rows(one, network))
                .collect(Collectors.joining("", MAPPING_HEADER, BRAZILIAN_ROW));
    }

    private static Stream<String> rows(Person one, String network) {
        String number = one.number().startsWith("+44")
                ? one.number().replaceFirst("(\\+44)(\\d{4})(\\d+)", "$1 $2 $3")
                : one.number();
        String row = number + "," + one.email() + "\r\n";
        return network.equals(SampleTraffic.WECHAT)
                ? Stream.of(row, one.wechatId() + "," + one.email() + "\r\n")
                : Stream.of(row);
    }

    /** Who among the participants has a mailbox; the owner is an employee and one of them. */
    static Set<String> mailboxes(List<Person> participants) {
        return participants.stream()
                .filter(Person::hasMailbox)
                .map(Person::email)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whose missing mailbox is a failure: the owner's, and that of anybody who stands in the mapping file. */
    static Set<String> unmapped(List<Person> participants, Person owner, String network) {
        return participants.stream()
                .filter(one ->
                        one.standing() == Standing.LEFT || (one.equals(owner) && one.standing() == Standing.FORGOTTEN))
                .map(one -> one.value(network))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
