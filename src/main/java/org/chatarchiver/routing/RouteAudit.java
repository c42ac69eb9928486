package org.chatarchiver.routing;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.URISupport;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.stereotype.Component;

/** What the audit log is told of route files: each edit that came into force, with what it changed. Values of secrets are left out of it. */
@Component
class RouteAudit {
    private static final int CONTEXT = 3;
    private static final int LONGEST_LINE = 300;
    private static final int MOST_LINES = 100;
    private static final String HIDDEN = "xxxxxx";

    /** What may name a secret: a word in front of a colon, an equals sign, or a blank and a value. */
    private static final Pattern KEY = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)[\"']?\\s*(?:[:=]|\\s)");

    private static final Pattern SCHEME = Pattern.compile("(?i)basic|bearer|authorization");

    private final AuditNotes notes;

    RouteAudit(AuditNotes notes) {
        this.notes = notes;
    }

    /** One entry for each file that differs. */
    void edited(List<RouteFile> before, List<RouteFile> after) {
        Map<String, RouteFile> old = byName(before);
        Map<String, RouteFile> now = byName(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String from = text(old.get(name));
            String to = text(now.get(name));
            if (!from.equals(to)) {
                note(name, old.get(name), from, now.get(name), to);
            }
        }
    }

    private void note(String name, RouteFile before, String from, RouteFile after, String to) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("before", before == null ? "" : RouteSet.digest(before));
        detail.put("after", after == null ? "" : RouteSet.digest(after));
        List<String> lines = diff(name, from, to);
        detail.put("diff", lines.size() <= MOST_LINES ? lines : lines.subList(0, MOST_LINES));
        detail.put("diffLines", lines.size());
        notes.note(AuditAction.ROUTES_EDITED, AuditNotes.ARCHIVER, name, detail);
    }

    private static List<String> diff(String name, String from, String to) {
        List<String> old = lines(from);
        List<String> lines =
                UnifiedDiffUtils.generateUnifiedDiff(name, name, old, DiffUtils.diff(old, lines(to)), CONTEXT);
        return new ArrayList<>(lines.stream().map(RouteAudit::shown).toList());
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    /** Camel's own list of what names a secret decides, wherever in the line; from there on it is hidden, and so is what follows a scheme of log-in. */
    private static String shown(String line) {
        Matcher key = KEY.matcher(line);
        while (key.find()) {
            if (SensitiveUtils.containsSensitive(key.group(1))
                    || SCHEME.matcher(key.group(1)).matches()) {
                return cut(line.substring(0, key.end())) + " " + HIDDEN;
            }
        }
        return cut(URISupport.sanitizeUri(line));
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }

    private static String text(RouteFile file) {
        return file == null ? "" : file.text();
    }

    private static Map<String, RouteFile> byName(List<RouteFile> files) {
        return files.stream().collect(Collectors.toMap(RouteFile::name, Function.identity()));
    }
}
