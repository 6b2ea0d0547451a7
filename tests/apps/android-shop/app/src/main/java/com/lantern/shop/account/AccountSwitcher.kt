package com.lantern.shop.account

import android.content.SharedPreferences
import androidx.core.content.edit
import com.fullstory.FS
import javax.inject.Inject

data class Shopper(val id: String, val name: String, val token: String)

class AccountSwitcher @Inject constructor(private val prefs: SharedPreferences) {
    fun switchAccount(next: Shopper) {
        prefs.edit { remove("access_token") }
        next.let { shopper ->
            prefs.edit().putString("access_token", shopper.token).apply()
            FS.identify(shopper.id, mapOf("displayName" to shopper.name))
        }
    }
}
