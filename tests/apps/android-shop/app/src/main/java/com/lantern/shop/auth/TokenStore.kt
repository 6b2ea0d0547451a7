package com.lantern.shop.auth

import androidx.datastore.core.DataStore
import androidx.datastore.preferences.core.Preferences
import androidx.datastore.preferences.core.edit
import androidx.datastore.preferences.core.stringPreferencesKey
import com.lantern.shop.net.ShopApi
import javax.inject.Inject

class TokenStore @Inject constructor(
    private val dataStore: DataStore<Preferences>,
    private val api: ShopApi,
) {
    suspend fun save(token: String) {
        dataStore.edit { it[TOKEN] = token }
    }

    suspend fun clear() {
        dataStore.edit { it.remove(TOKEN) }
    }

    suspend fun revoke() = api.revoke()

    private companion object {
        val TOKEN = stringPreferencesKey("access_token")
    }
}
