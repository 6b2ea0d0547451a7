package com.lantern.shop.session;

import com.fullstory.FS;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;
import java.util.Map;

/** The shop can end a session from its side. */
public final class RemoteLock extends FirebaseMessagingService {
    @Override
    public void onMessageReceived(RemoteMessage message) {
        if ("lock".equals(message.getData().get("kind"))) {
            forceLogout();
        }
    }

    private void forceLogout() {
        FS.event("Locked", Map.of());
        FS.anonymize();
        FirebaseAuth.getInstance().signOut();
        FS.anonymize();
    }
}
