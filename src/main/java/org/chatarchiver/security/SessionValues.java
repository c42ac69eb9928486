package org.chatarchiver.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * What is kept of a session where others can read it, each in a form of its own: who has logged in, when it began and when something was
 * last done, and what the next page tells. Nothing names a class, so that whoever writes there can have none made; what cannot be read
 * counts as not there.
 */
final class SessionValues {
    static final String USER = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    static final String TOLD = SessionFlashMapManager.class.getName() + ".FLASH_MAPS";

    private static final Logger LOG = LoggerFactory.getLogger(SessionValues.class);
    private static final Set<String> KEPT = Set.of(USER, TOLD, IdleSessions.LAST, IdleSessions.BEGUN);

    private final StoredUsers users;
    private final ObjectMapper json = new ObjectMapper();

    SessionValues(StoredUsers users) {
        this.users = users;
    }

    /** What one page has the next one tell. @param values texts and numbers, and lists and maps of them */
    record Told(String path, Map<String, List<String>> parameters, long until, Map<String, Object> values) {
        private static Told of(FlashMap one) {
            return new Told(
                    one.getTargetRequestPath(),
                    Map.copyOf(one.getTargetRequestParams()),
                    one.getExpirationTime(),
                    Map.copyOf(one));
        }

        private FlashMap flash() {
            FlashMap one = new FlashMap();
            one.putAll(values);
            one.setTargetRequestPath(path);
            one.addTargetRequestParams(new LinkedMultiValueMap<>(parameters));
            one.setExpirationTime(until);
            return one;
        }
    }

    boolean isKept(String attribute) {
        return KEPT.contains(attribute);
    }

    String write(String attribute, Object value) {
        try {
            if (value instanceof SecurityContext context) {
                return json.writeValueAsString(users.stored(context.getAuthentication()));
            }
            if (value instanceof Collection<?> told) {
                return json.writeValueAsString(
                        told.stream().map(one -> Told.of((FlashMap) one)).toList());
            }
            return value.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The session's " + attribute + " cannot be written", e);
        }
    }

    Optional<Object> read(String attribute, String text) {
        try {
            if (attribute.equals(USER)) {
                return Optional.ofNullable(json.readValue(text, StoredUsers.User.class))
                        .flatMap(users::loggedIn);
            }
            if (attribute.equals(TOLD)) {
                List<FlashMap> told = List.of(json.readValue(text, Told[].class)).stream()
                        .map(Told::flash)
                        .collect(Collectors.toCollection(CopyOnWriteArrayList::new));
                return Optional.of(told);
            }
            return Optional.of(Long.valueOf(text));
        } catch (JsonProcessingException | RuntimeException e) {
            // Its message would show what was read.
            LOG.warn(
                    "A session in the ledger holds what cannot be read, and counts without it: {}",
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
