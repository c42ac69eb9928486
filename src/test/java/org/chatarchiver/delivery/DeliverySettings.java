package org.chatarchiver.delivery;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of delivery as an operator leaves them, or with one of them changed. */
public final class DeliverySettings {
    private DeliverySettings() {}

    public static DeliveryProperties shipped() {
        return with(Map.of());
    }

    /** Of the destination, as an operator leaves them. */
    public static ExchangeProperties exchange() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("archiver.exchange", ExchangeProperties.class);
    }

    /** @param changed whole names of settings, to values as they are written in a file */
    static DeliveryProperties with(Map<String, String> changed) {
        return new Binder(new MapConfigurationPropertySource(changed))
                .bindOrCreate("archiver.delivery", DeliveryProperties.class);
    }
}
