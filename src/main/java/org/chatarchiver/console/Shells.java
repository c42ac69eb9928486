package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.chatarchiver.security.Role;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Knows what stands around a page. */
@Component
class Shells {
    private static final String ADMINISTRATOR = "ROLE_" + Role.DATA_CONNECTOR_ADMIN.name();
    private static final String HAWTIO = "/actuator/hawtio/";

    private final ObjectProvider<Section> sections;
    private final boolean hawtio;

    Shells(ObjectProvider<Section> sections, Environment settings) {
        this.sections = sections;
        this.hawtio = settings.getProperty("hawtio.enabled", Boolean.class, false);
    }

    Shell of(HttpServletRequest request) {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        if (user == null || user instanceof AnonymousAuthenticationToken) {
            return new Shell("", false, List.of(), null);
        }
        return new Shell(
                user.getName(),
                user.getAuthorities().stream().anyMatch(granted -> ADMINISTRATOR.equals(granted.getAuthority())),
                sections.stream()
                        .sorted(Comparator.comparing(Section::place))
                        .map(section -> new Shell.Entry(
                                section.title(), section.path(), section.holds(request.getRequestURI())))
                        .toList(),
                hawtio ? HAWTIO : null);
    }
}
