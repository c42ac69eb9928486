package org.chatarchiver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The archiver as a process: Camel routes from {@code archiver.routes}, the REST API and health on one port. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatArchiver {
    public static void main(String[] args) {
        SpringApplication.run(ChatArchiver.class, args);
    }
}
