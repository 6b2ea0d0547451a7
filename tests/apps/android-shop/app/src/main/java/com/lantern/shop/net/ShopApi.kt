package com.lantern.shop.net

interface ShopApi {
    suspend fun revoke()

    suspend fun deleteAccount(id: String)

    suspend fun orders(): List<String>
}
