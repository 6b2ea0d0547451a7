package com.lantern.shop.net;

import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import com.lantern.shop.login.LoginActivity;
import okhttp3.Authenticator;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/** Asks for a new token; without one the shopper has to log in again. */
public final class TokenAuthenticator implements Authenticator {
    private final Context context;
    private final SharedPreferences preferences;

    public TokenAuthenticator(Context context, SharedPreferences preferences) {
        this.context = context;
        this.preferences = preferences;
    }

    @Override
    public Request authenticate(Route route, Response response) {
        String refresh = preferences.getString("refresh_token", null);
        if (refresh == null) {
            forceLogout();
            return null;
        }
        return response.request().newBuilder().header("Authorization", "Bearer " + refresh).build();
    }

    private void forceLogout() {
        preferences.edit().remove("access_token").remove("refresh_token").apply();
        Intent intent = new Intent(context, LoginActivity.class);
        intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK | Intent.FLAG_ACTIVITY_CLEAR_TASK);
        context.startActivity(intent);
    }
}
