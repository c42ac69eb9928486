package org.chatarchiver.oidc;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.AdminPassword;
import org.chatarchiver.security.LogInRefusedException;
import org.chatarchiver.security.Role;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Who an ID token, found good, is about, and which of our roles it gives. The issuer is asked for nothing else. */
final class OidcUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private static final int LONGEST_NAME = Printable.MAX_LENGTH;

    /** Instead of groups that are too many for a token (OpenID Connect Core 1.0, section 5.6.2). */
    private static final String ELSEWHERE = "_claim_names";

    private final OidcProperties settings;
    private final UserDetailsService local;

    /** @param local the archiver's own users, for whom nobody else is taken */
    OidcUsers(OidcProperties settings, UserDetailsService local) {
        this.settings = settings;
        this.local = local;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcIdToken token = request.getIdToken();
        String title = request.getClientRegistration().getClientName();
        String name = name(token, title);
        Set<Role> roles = roles(token);
        if (roles.isEmpty()) {
            throw new LogInRefusedException(HttpStatus.FORBIDDEN, lacking(token, title, name));
        }
        List<SimpleGrantedAuthority> granted = roles.stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
        return new DefaultOidcUser(granted, token, settings.nameClaim());
    }

    private String name(OidcIdToken token, String title) {
        Object name = token.getClaim(settings.nameClaim());
        if (name instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_NAME
                && text.equals(text.strip())
                && Printable.of(text).equals(text)) {
            refuseLocal(text, title);
            return text;
        }
        throw new LogInRefusedException(
                HttpStatus.FORBIDDEN,
                Printable.of(title) + " does not say who you are: its claim " + settings.nameClaim() + " is "
                        + (name == null ? "missing" : Printable.quoted(name.toString()))
                        + ". archiver.security.oidc.name-claim has to name one with at most " + LONGEST_NAME
                        + " printable characters.");
    }

    /** The recorded name would not tell the two apart, nor would other spellings that look the same. */
    private void refuseLocal(String name, String title) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        if (plain.equals(AdminPassword.USERNAME) || isLocal(plain)) {
            throw new LogInRefusedException(
                    HttpStatus.FORBIDDEN,
                    Printable.of(title) + " calls you " + Printable.quoted(name) + " in its claim "
                            + settings.nameClaim()
                            + ", which is the name of a user of the archiver itself, and what you do would be recorded as"
                            + " done by that user. Log in by user name and password if that is you; otherwise ask for"
                            + " another name there, or for another archiver.security.oidc.name-claim.");
        }
    }

    private boolean isLocal(String name) {
        try {
            return local.loadUserByUsername(name) != null;
        } catch (UsernameNotFoundException e) {
            return false;
        }
    }

    private Set<Role> roles(OidcIdToken token) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Set<String> said = texts(token, settings.rolesClaim());
        for (Role role : Role.values()) {
            if (said.contains(role.name())) {
                roles.add(role);
            }
        }
        Set<String> groups = texts(token, settings.groupsClaim());
        if (groups.stream().anyMatch(settings.adminGroups()::contains)) {
            roles.add(Role.DATA_CONNECTOR_ADMIN);
        }
        if (groups.stream().anyMatch(settings.readerGroups()::contains)) {
            roles.add(Role.COMPLIANCE_READER);
        }
        return roles;
    }

    private String lacking(OidcIdToken token, String title, String name) {
        String wanted = Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(" or "));
        String sentence = Printable.quoted(name) + " is known to " + Printable.of(title)
                + ", but nothing is permitted to it here. Its claim " + settings.rolesClaim() + " "
                + (token.hasClaim(settings.rolesClaim()) ? "does not hold " : "is missing; it would hold ") + wanted
                + ".";
        if (!settings.adminGroups().isEmpty() || !settings.readerGroups().isEmpty()) {
            sentence += " Its claim " + settings.groupsClaim() + " " + lackingGroups(token) + ".";
        }
        return sentence + " Ask whoever administers it for one.";
    }

    private String lackingGroups(OidcIdToken token) {
        if (token.hasClaim(settings.groupsClaim())) {
            return "names none of archiver.security.oidc.admin-groups and reader-groups";
        }
        if (token.getClaim(ELSEWHERE) instanceof Map<?, ?> elsewhere && elsewhere.containsKey(settings.groupsClaim())) {
            return "was left out, as the groups are too many for it: have the issuer send those of the application only";
        }
        return "is missing";
    }

    private static Set<String> texts(OidcIdToken token, String claim) {
        Object said = token.getClaim(claim);
        Set<String> texts = new LinkedHashSet<>();
        if (said instanceof String text) {
            texts.add(text);
        } else if (said instanceof Collection<?> several) {
            several.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }
}
