package org.chatarchiver.security;

import java.util.List;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Lets people in at the console without the form, at others' word; the session that comes of it is the same. */
public interface OtherLogIn {
    /**
     * One to choose.
     *
     * @param title of whoever vouches
     * @param path where it begins, for a GET with the parameter {@link SessionDoor#WANTED}
     */
    record Way(String title, String path) {}

    /** In the order in which they are shown. */
    List<Way> ways();

    /**
     * Adds what is needed to the console's chain.
     *
     * @param letIn finds the page that was wanted as an attribute of the request, under {@link SessionDoor#WANTED}
     * @param refused is told {@link LogInRefusedException}s, whose messages are for people
     */
    void open(HttpSecurity http, AuthenticationSuccessHandler letIn, AuthenticationFailureHandler refused)
            throws Exception;
}
