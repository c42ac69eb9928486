package org.chatarchiver.security;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings as sentences name them. */
final class SettingNames {
    private static final Pattern NAME =
            Pattern.compile("\\b(?:archiver|spring|server|management|camel)(?:\\.[a-z0-9-]+(?:\\[\\d+])?)+");

    private SettingNames() {}

    /** The first setting that a sentence names. */
    static Optional<String> in(String sentence) {
        Matcher name = NAME.matcher(sentence == null ? "" : sentence);
        return name.find() ? Optional.of(name.group()) : Optional.empty();
    }

    /** Where a setting is set, and how it is spelled there. */
    static String cure(String setting) {
        return "Set " + setting + " in config/application.properties below the working directory, as --" + setting
                + "=... on the command line, or as the environment variable " + variable(setting)
                + ", and start again. src/main/settings.md, to which README leads under \"Settings\", has them all.";
    }

    /** As Spring Boot reads it: dots and brackets are underscores, hyphens are left out. */
    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replaceAll("[.\\[]", "_")
                .replace("]", "");
    }
}
