package org.chatarchiver.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** A setting that cannot be used, in one sentence with its name and value, and where settings are set. Before Spring's, which name classes. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SettingRefusedAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|connection-?string|token|key).*");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        BindValidationException invalid = findCause(cause, BindValidationException.class);
        if (invalid != null) {
            String errors = invalid.getValidationErrors().getAllErrors().stream()
                    .map(error -> sentence(cause.getName().toString(), error))
                    .collect(Collectors.joining("\n"));
            String first = invalid.getValidationErrors().getAllErrors().get(0) instanceof FieldError field
                    ? key(cause.getName().toString(), field)
                    : cause.getName().toString();
            return analysis(errors, first, cause);
        }
        ConversionException wrong = findCause(cause, ConversionException.class);
        ConfigurationProperty property = cause.getProperty();
        if (wrong != null && property != null) {
            String key = property.getName().toString();
            return analysis(
                    key + " is " + shown(key, property.getValue()) + "; it must be "
                            + kind(cause.getTarget().getType()) + ".",
                    key,
                    cause);
        }
        String why = root(cause).getMessage();
        String key = SettingNames.in(why).orElse(cause.getName().toString());
        return analysis(
                SettingNames.in(why).isPresent() ? why : key + " cannot be used: " + Printable.of(why), key, cause);
    }

    private static FailureAnalysis analysis(String description, String key, Throwable cause) {
        return new FailureAnalysis(description, SettingNames.cure(key), cause);
    }

    private static String sentence(String prefix, ObjectError error) {
        if (error instanceof FieldError field) {
            String key = key(prefix, field);
            return key + " is " + shown(key, field.getRejectedValue()) + "; it " + error.getDefaultMessage() + ".";
        }
        return prefix + " cannot be used: it " + error.getDefaultMessage() + ".";
    }

    private static String key(String prefix, FieldError field) {
        return prefix + "."
                + field.getField().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String shown(String key, Object value) {
        if (SECRET.matcher(key).matches()) {
            return "not usable (its value is not shown)";
        }
        return value == null ? "not set" : Printable.quoted(value.toString());
    }

    private static String kind(ResolvableType resolvable) {
        Class<?> type = resolvable.resolve(Object.class);
        if (Collection.class.isAssignableFrom(type)) {
            Class<?> part = resolvable.asCollection().resolveGeneric(0);
            return part != null && part.isEnum() ? "some of " + constants(part) : "a list, with commas between";
        }
        if (type.isEnum()) {
            return "one of " + constants(type);
        }
        return Optional.ofNullable(
                        switch (type.getSimpleName()) {
                            case "Duration" -> "a valid duration such as 30s, 5m or 1h";
                            case "DataSize" -> "a size (DataSize) such as 10MB";
                            case "int", "Integer", "long", "Long" -> "a whole number";
                            case "boolean", "Boolean" -> "true or false";
                            case "Instant" -> "a time such as 2026-11-21T00:00:00Z";
                            default -> null;
                        })
                .orElse("of the kind " + type.getSimpleName());
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
