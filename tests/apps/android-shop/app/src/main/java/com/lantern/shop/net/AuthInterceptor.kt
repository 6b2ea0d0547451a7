package com.lantern.shop.net

import android.content.Context
import android.content.Intent
import android.content.SharedPreferences
import com.fullstory.FS
import com.lantern.shop.login.LoginActivity
import java.net.HttpURLConnection
import okhttp3.Interceptor
import okhttp3.Response

class AuthInterceptor(
    private val context: Context,
    private val prefs: SharedPreferences,
) : Interceptor {
    override fun intercept(chain: Interceptor.Chain): Response {
        val response = chain.proceed(chain.request())
        when (response.code) {
            HttpURLConnection.HTTP_UNAUTHORIZED -> onUnauthorized()
            else -> Unit
        }
        return response
    }

    private fun onUnauthorized() {
        FS.event("Session Expired", emptyMap())
        prefs.edit().remove("access_token").apply()
        FS.anonymize()
        Intent(context, LoginActivity::class.java)
            .apply { flags = Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK }
            .let(context::startActivity)
    }
}
