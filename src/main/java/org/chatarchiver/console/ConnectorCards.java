package org.chatarchiver.console;

import java.util.List;
import java.util.Optional;
import org.chatarchiver.api.ConnectorView;
import org.chatarchiver.api.ConnectorViews;
import org.chatarchiver.api.ProgressViews;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Run;
import org.springframework.stereotype.Component;

/** Looks up how connectors stand. */
@Component
class ConnectorCards {
    private final Connectors connectors;
    private final ConnectorViews views;
    private final ProgressViews progress;

    ConnectorCards(Connectors connectors, ConnectorViews views, ProgressViews progress) {
        this.connectors = connectors;
        this.views = views;
        this.progress = progress;
    }

    List<ConnectorCard> all() {
        return connectors.all().stream().map(this::card).toList();
    }

    Optional<ConnectorCard> find(String id) {
        return connectors.find(id).map(this::card);
    }

    private ConnectorCard card(Connector connector) {
        ConnectorView view = views.of(connector);
        boolean runs = view.lastRun() != null && view.lastRun().state() == Run.State.RUNNING;
        return new ConnectorCard(
                view,
                ScheduleWords.of(connector.schedule()),
                runs ? progress.of(view.lastRun().id()).orElse(null) : null);
    }
}
