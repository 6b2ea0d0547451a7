import { FullStory } from '@fullstory/browser'
import { defineStore } from 'pinia'
import { api } from '../services/api'

export interface Reader {
  id: string
  name: string
  email: string
}

export const useSession = defineStore('session', {
  state: () => ({ reader: null as Reader | null }),
  actions: {
    async login(email: string, password: string) {
      const { data } = await api.post<{ token: string; reader: Reader }>('/login', { email, password })
      localStorage.setItem('token', data.token)
      this.reader = data.reader
      FullStory('setIdentity', { uid: data.reader.id, properties: { displayName: data.reader.name } })
    },
  },
})
