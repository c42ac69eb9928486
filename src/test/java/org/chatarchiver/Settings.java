package org.chatarchiver;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.unit.DataSize;

/** What the records of the configuration hold, by key. */
final class Settings {
    private Settings() {}

    /** A value in force. */
    record Setting(TypeDescriptor type, Object value) {

        /** As text, a value of the same type that is another one. */
        String other() {
            if (value instanceof Boolean set) {
                return Boolean.toString(!set);
            }
            if (value instanceof Integer number) {
                return Integer.toString(number + 1);
            }
            if (value instanceof Duration time) {
                return time.plusSeconds(1).toMillis() + "ms";
            }
            if (value instanceof DataSize size) {
                return size.toBytes() + 1 + "B";
            }
            if (value instanceof Enum<?> constant) {
                return Stream.<Object>of((Object[]) constant.getDeclaringClass().getEnumConstants())
                        .filter(one -> one != value)
                        .findFirst()
                        .orElse(constant)
                        .toString();
            }
            return "other" + (value instanceof String text && !text.contains(":") ? text : "");
        }
    }

    static Map<String, Setting> of(Collection<?> records) {
        Map<String, Setting> settings = new TreeMap<>();
        for (Object record : records) {
            ConfigurationProperties known = record.getClass().getAnnotation(ConfigurationProperties.class);
            collect(known.value(), record, settings);
        }
        return settings;
    }

    private static void collect(String prefix, Object record, Map<String, Setting> settings) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String key = prefix + "." + kebab(component.getName());
            Object value = value(component.getAccessor(), record);
            if (value instanceof Record nested) {
                collect(key, nested, settings);
            } else if (value instanceof List<?> list && ofRecords(component)) {
                for (int i = 0; i < list.size(); i++) {
                    collect(key + "[" + i + "]", list.get(i), settings);
                }
            } else {
                TypeDescriptor type =
                        new TypeDescriptor(ResolvableType.forType(component.getGenericType()), null, null);
                settings.put(key, new Setting(type, value));
            }
        }
    }

    private static boolean ofRecords(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> element
                && element.isRecord();
    }

    private static Object value(Method accessor, Object record) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + accessor, e);
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
