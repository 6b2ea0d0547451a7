package com.example.orders;

import android.content.Intent;
import com.fullstory.FS;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class Services {
=====
    static class OrderNUMBER {
        final String id;
        final List<ItemNUMBER> items;
        double total;

        OrderNUMBER(String id, List<ItemNUMBER> items) {
            this.id = id;
            this.items = items;
        }
    }

    static class OrderServiceNUMBER {
        private final Map<String, OrderNUMBER> cache = new HashMap<>();
        private final HttpClient client;
        private final int retries;

        OrderServiceNUMBER(HttpClient client, int retries) {
            this.client = client;
            this.retries = retries;
        }

        OrderNUMBER load(String id) throws IOException, InterruptedException {
            OrderNUMBER known = cache.get(id);
            if (known != null) {
                return known;
            }
            for (int attempt = 0; attempt < retries; attempt++) {
                try {
                    Response response = client.get("/orders/" + id);
                    if (response.status() == 404) return null;
                    OrderNUMBER order = response.body(OrderNUMBER.class);
                    for (ItemNUMBER item : order.items) {
                        order.total += item.amount;
                    }
                    cache.put(id, order);
                    return order;
                } catch (IOException error) {
                    if (attempt + 1 == retries) throw error;
                    Thread.sleep(100L * attempt);
                }
            }
            return null;
        }

        void open(String id, Activity activity) {
            FS.event("Order opened", Map.of("id", id));
            activity.findViewById(R.id.order).setOnClickListener(view -> {
                Intent intent = new Intent(activity, OrderActivity.class);
                intent.putExtra("id", id);
                activity.startActivity(intent);
            });
        }
    }
=====
    void logoutNUMBER(String reason) {
        try {
            api.post("/logout", Map.of("reason", reason));
            prefs.edit().remove("token").apply();
            FS.event("Logout", Map.of("reason", reason));
            FS.anonymize();
            startActivity(new Intent(this, LoginActivity.class));
        } catch (IOException error) {
            FS.anonymize();
            startActivity(new Intent(this, LoginActivity.class));
        }
    }
=====
}
