package org.chatarchiver.security;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.chatarchiver.ledger.LedgerReach;
import org.chatarchiver.ledger.SharedLedger;
import org.chatarchiver.ledger.TaskLeases;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People's sessions where the ledger is shared: whoever has logged in at one archiver is logged in at all of them, over restarts too, and
 * whoever logs out is out everywhere. Elsewhere they are the server's own, in memory, and nothing of this is loaded.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Conditional(SharedLedger.class)
class SharedSessions {
    private static final String TABLE = "console_session";

    /** The cookie is the one that the server would set. */
    @Bean
    SessionTickets sessionTickets(SessionCookies cookies, ServerProperties server) {
        Cookie set = server.getServlet().getSession().getCookie();
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(cookies.session());
        cookie.setUseBase64Encoding(false);
        cookie.setUseHttpOnlyCookie(!Boolean.FALSE.equals(set.getHttpOnly()));
        cookie.setUseSecureCookie(cookies.secure());
        cookie.setCookiePath(Objects.requireNonNullElse(set.getPath(), "/"));
        cookie.setSameSite(Objects.requireNonNullElse(set.getSameSite(), Cookie.SameSite.STRICT)
                .attributeValue());
        cookie.setDomainName(set.getDomain());
        if (set.getMaxAge() != null) {
            cookie.setCookieMaxAge((int) set.getMaxAge().toSeconds());
        }
        return new SessionTickets(cookie);
    }

    @Bean
    JdbcIndexedSessionRepository sessionRows(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            ServerProperties server,
            SessionTickets tickets) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        JdbcIndexedSessionRepository rows = new JdbcIndexedSessionRepository(jdbc, own);
        rows.setTableName(TABLE);
        rows.setSessionIdGenerator(tickets);
        rows.setDefaultMaxInactiveInterval(server.getServlet().getSession().getTimeout());
        // Who it is of is not for looking up.
        rows.setIndexResolver(session -> Map.of());
        rows.setConversionService(texts());
        rows.setCleanupCron(Scheduled.CRON_DISABLED);
        return rows;
    }

    /** The rows hold nothing else. */
    private static GenericConversionService texts() {
        GenericConversionService texts = new GenericConversionService();
        texts.addConverter(Object.class, byte[].class, text -> ((String) text).getBytes(StandardCharsets.UTF_8));
        texts.addConverter(byte[].class, Object.class, bytes -> new String(bytes, StandardCharsets.UTF_8));
        return texts;
    }

    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<StoredSession>> sessionFilter(
            JdbcIndexedSessionRepository rows,
            SessionTickets tickets,
            UserDetailsService users,
            ObjectProvider<OtherLogIn> others,
            LedgerReach ledger,
            SecurityProperties security) {
        SessionValues values = new SessionValues(
                new StoredUsers(users, () -> others.stream().findAny().isPresent()));
        SessionRepositoryFilter<StoredSession> filter =
                new SessionRepositoryFilter<>(stored(rows, values, ledger, security.sessionMax()));
        filter.setHttpSessionIdResolver(tickets);
        FilterRegistrationBean<SessionRepositoryFilter<StoredSession>> registration =
                new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC);
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        return registration;
    }

    private static <S extends Session> StoredSessions<S> stored(
            SessionRepository<S> rows, SessionValues values, LedgerReach ledger, Duration longest) {
        return new StoredSessions<>(rows, values, ledger, longest);
    }

    @Bean
    SessionCleaning sessionCleaning(JdbcIndexedSessionRepository rows, TaskLeases tasks) {
        return new SessionCleaning(tasks, rows::cleanUpExpiredSessions);
    }
}
