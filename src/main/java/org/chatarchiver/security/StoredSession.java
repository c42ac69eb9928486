package org.chatarchiver.security;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.session.Session;

/**
 * A session whose row holds texts, and only of what is kept; the rest is there for one request. A request by which nothing changes writes
 * nothing: the time of the last access is that of the last thing done, which {@link IdleSessions} notes.
 */
final class StoredSession implements Session {
    private final Session row;
    private final SessionValues values;
    private final Map<String, Optional<Object>> known = new ConcurrentHashMap<>();

    StoredSession(Session row, SessionValues values) {
        this.row = row;
        this.values = values;
    }

    Session row() {
        return row;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getAttribute(String name) {
        return (T) known.computeIfAbsent(name, this::read).orElse(null);
    }

    private Optional<Object> read(String name) {
        String text = values.isKept(name) ? row.getAttribute(name) : null;
        return text == null ? Optional.empty() : values.read(name, text);
    }

    @Override
    public void setAttribute(String name, Object value) {
        known.put(name, Optional.ofNullable(value));
        if (values.isKept(name)) {
            row.setAttribute(name, value == null ? null : values.write(name, value));
            if (name.equals(IdleSessions.LAST)) {
                row.setLastAccessedTime(Instant.now());
            }
        }
    }

    @Override
    public void removeAttribute(String name) {
        setAttribute(name, null);
    }

    @Override
    public Set<String> getAttributeNames() {
        Set<String> names = new HashSet<>(row.getAttributeNames());
        known.forEach((name, value) -> {
            if (value.isPresent()) {
                names.add(name);
            } else {
                names.remove(name);
            }
        });
        return names;
    }

    /** That somebody asks for something is nothing done: a page asks by itself. */
    @Override
    public void setLastAccessedTime(Instant time) {
        // Noted with what is done.
    }

    @Override
    public String getId() {
        return row.getId();
    }

    @Override
    public String changeSessionId() {
        return row.changeSessionId();
    }

    @Override
    public Instant getCreationTime() {
        return row.getCreationTime();
    }

    @Override
    public Instant getLastAccessedTime() {
        return row.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        row.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return row.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return row.isExpired();
    }
}
