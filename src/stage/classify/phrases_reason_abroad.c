/*
 * phrases_reason_abroad: why a delivery failed, in other languages than English and Dutch, as
 * Exchange, Gmail, Zimbra and the providers of a country say it.
 *
 * Small letters throughout: struct hay folds Latin, Greek and Cyrillic capitals.
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

const struct reason_phrase phrases_reason_abroad[] = {
	/* ---- user */
	{ "empfänger existiert nicht", REASON_USER, PHRASE_PLAIN },       /* de */
	{ "empfänger nicht gefunden", REASON_USER, PHRASE_PLAIN },
	{ "empfänger wurde nicht gefunden", REASON_USER, PHRASE_PLAIN },
	{ "adresse wurde nicht gefunden", REASON_USER, PHRASE_PLAIN },    /* gmail */
	{ "adresse nicht gefunden wurde", REASON_USER, PHRASE_PLAIN },    /* gmail */
	{ "e-mail-adresse wurde nicht", REASON_USER, PHRASE_PLAIN },      /* exchange */
	{ "ungültige empfänger", REASON_USER, PHRASE_PLAIN },
	{ "kein konto", REASON_USER, PHRASE_PLAIN },
	{ "adresse * n'a pas été trouvée", REASON_USER, PHRASE_PLAIN },   /* fr: exchange */
	{ "adresse * est introuvable", REASON_USER, PHRASE_PLAIN },       /* gmail */
	{ "destinataire introuvable", REASON_USER, PHRASE_PLAIN },
	{ "boîte inexistante", REASON_USER, PHRASE_PLAIN },
	{ "adresse inexistante", REASON_USER, PHRASE_PLAIN },
	{ "n'existe plus", REASON_USER, PHRASE_PLAIN },
	{ "utilisateur * n'existe pas", REASON_USER, PHRASE_PLAIN },
	{ "dirección * no se encontró", REASON_USER, PHRASE_PLAIN },      /* es: exchange */
	{ "no se ha encontrado la dirección", REASON_USER, PHRASE_PLAIN },/* gmail */
	{ "dirección no encontrada", REASON_USER, PHRASE_PLAIN },
	{ "no se encontró la dirección", REASON_USER, PHRASE_PLAIN },
	{ "usuario inexistente", REASON_USER, PHRASE_PLAIN },
	{ "cuenta inexistente", REASON_USER, PHRASE_PLAIN },
	{ "buzón inexistente", REASON_USER, PHRASE_PLAIN },
	{ "la cuenta * no existe", REASON_USER, PHRASE_PLAIN },
	{ "usuario no encontrado", REASON_USER, PHRASE_PLAIN },
	{ "dirección de correo * no es válida", REASON_USER, PHRASE_PLAIN },
	{ "indirizzo non trovato", REASON_USER, PHRASE_PLAIN },           /* it: gmail */
	{ "indirizzo * non è stato trovato", REASON_USER, PHRASE_PLAIN },
	{ "indirizzo * non esiste", REASON_USER, PHRASE_PLAIN },
	{ "casella inesistente", REASON_USER, PHRASE_PLAIN },
	{ "casella * inesistente", REASON_USER, PHRASE_PLAIN },
	{ "destinatario inesistente", REASON_USER, PHRASE_PLAIN },
	{ "destinatario non trovato", REASON_USER, PHRASE_PLAIN },
	{ "utente * non esiste", REASON_USER, PHRASE_PLAIN },
	{ "utente inesistente", REASON_USER, PHRASE_PLAIN },
	{ "non è stato possibile trovare l'indirizzo", REASON_USER, PHRASE_PLAIN }, /* exchange */
	{ "endereço não encontrado", REASON_USER, PHRASE_PLAIN },         /* pt: gmail */
	{ "endereço * não foi encontrado", REASON_USER, PHRASE_PLAIN },   /* gmail, exchange */
	{ "destinatário não encontrado", REASON_USER, PHRASE_PLAIN },
	{ "destinatário não existe", REASON_USER, PHRASE_PLAIN },
	{ "destinatário desconhecido", REASON_USER, PHRASE_PLAIN },
	{ "destinatário inexistente", REASON_USER, PHRASE_PLAIN },
	{ "destinatario inexistente", REASON_USER, PHRASE_PLAIN },
	{ "usuário não encontrado", REASON_USER, PHRASE_PLAIN },
	{ "usuário inexistente", REASON_USER, PHRASE_PLAIN },             /* locaweb, uol */
	{ "usuario desconhecido", REASON_USER, PHRASE_PLAIN },
	{ "conta inexistente", REASON_USER, PHRASE_PLAIN },               /* terra */
	{ "conta não existe", REASON_USER, PHRASE_PLAIN },
	{ "caixa postal inexistente", REASON_USER, PHRASE_PLAIN },
	{ "caixa postal não existe", REASON_USER, PHRASE_PLAIN },
	{ "não existe", REASON_USER, PHRASE_WEAK },
	{ "brak takiego użytkownika", REASON_USER, PHRASE_PLAIN },        /* pl: wp, onet */
	{ "nie ma takiego użytkownika", REASON_USER, PHRASE_PLAIN },
	{ "nie ma takiego adresu", REASON_USER, PHRASE_PLAIN },
	{ "nie ma takiego konta", REASON_USER, PHRASE_PLAIN },
	{ "nieznany użytkownik", REASON_USER, PHRASE_PLAIN },
	{ "nieznany odbiorca", REASON_USER, PHRASE_PLAIN },
	{ "nieznany adresat", REASON_USER, PHRASE_PLAIN },
	{ "nie znaleziono adres", REASON_USER, PHRASE_PLAIN },            /* gmail, exchange */
	{ "adresu * nie znaleziono", REASON_USER, PHRASE_PLAIN },
	{ "nie odnaleziono adres", REASON_USER, PHRASE_PLAIN },
	{ "uživatel neexistuje", REASON_USER, PHRASE_PLAIN },             /* cs: seznam */
	{ "schránka neexistuje", REASON_USER, PHRASE_PLAIN },
	{ "adresa neexistuje", REASON_USER, PHRASE_PLAIN },
	{ "příjemce neexistuje", REASON_USER, PHRASE_PLAIN },
	{ "neznámý uživatel", REASON_USER, PHRASE_PLAIN },
	{ "neznámý příjemce", REASON_USER, PHRASE_PLAIN },
	{ "adresa nebyla nalezena", REASON_USER, PHRASE_PLAIN },          /* gmail */
	{ "adresa * nebyla nalezena", REASON_USER, PHRASE_PLAIN },        /* exchange */
	{ "používateľ neexistuje", REASON_USER, PHRASE_PLAIN },           /* sk */
	{ "adresa sa nenašla", REASON_USER, PHRASE_PLAIN },
	{ "cím nem található", REASON_USER, PHRASE_PLAIN },               /* hu */
	{ "ismeretlen címzett", REASON_USER, PHRASE_PLAIN },
	{ "ismeretlen felhasználó", REASON_USER, PHRASE_PLAIN },
	{ "nem létező", REASON_USER, PHRASE_PLAIN },
	{ "nem létezik", REASON_USER, PHRASE_WEAK },
	{ "adressen hittades inte", REASON_USER, PHRASE_PLAIN }, /* sv: gmail, exchange */
	{ "adressen * hittades inte", REASON_USER, PHRASE_PLAIN },
	{ "okänd mottagare", REASON_USER, PHRASE_PLAIN },
	{ "okänd användare", REASON_USER, PHRASE_PLAIN },
	{ "finns inte", REASON_USER, PHRASE_WEAK },
	{ "mottagaren finns inte", REASON_USER, PHRASE_PLAIN },
	{ "ukendt modtager", REASON_USER, PHRASE_PLAIN },                 /* da */
	{ "ukendt bruger", REASON_USER, PHRASE_PLAIN },
	{ "adressen * blev ikke fundet", REASON_USER, PHRASE_PLAIN },
	{ "findes ikke", REASON_USER, PHRASE_WEAK },
	{ "ukjent mottaker", REASON_USER, PHRASE_PLAIN },                 /* no */
	{ "ukjent bruker", REASON_USER, PHRASE_PLAIN },
	{ "adressen * ble ikke funnet", REASON_USER, PHRASE_PLAIN },
	{ "finner ikke adressen", REASON_USER, PHRASE_PLAIN },
	{ "finnes ikke", REASON_USER, PHRASE_WEAK },
	{ "osoitetta ei löy", REASON_USER, PHRASE_PLAIN }, /* fi: gmail, exchange */
	{ "tuntematon vastaanottaja", REASON_USER, PHRASE_PLAIN },
	{ "tuntematon käyttäjä", REASON_USER, PHRASE_PLAIN },
	{ "vastaanottajaa ei", REASON_USER, PHRASE_PLAIN },
	{ "адрес не найден", REASON_USER, PHRASE_PLAIN },                 /* ru: gmail */
	{ "адрес * не найден", REASON_USER, PHRASE_PLAIN },
	{ "получатель не найден", REASON_USER, PHRASE_PLAIN },
	{ "пользователь не найден", REASON_USER, PHRASE_PLAIN },          /* mail.ru, yandex */
	{ "не существует", REASON_USER, PHRASE_WEAK },
	{ "ящик не существует", REASON_USER, PHRASE_PLAIN },
	{ "ящика не существует", REASON_USER, PHRASE_PLAIN },
	{ "такого пользователя", REASON_USER, PHRASE_PLAIN },
	{ "пользователя * не существует", REASON_USER, PHRASE_PLAIN },
	{ "пользователь * не существует", REASON_USER, PHRASE_PLAIN },
	{ "неизвестный получатель", REASON_USER, PHRASE_PLAIN },
	{ "неизвестный пользователь", REASON_USER, PHRASE_PLAIN },
	{ "нет такого", REASON_USER, PHRASE_PLAIN },
	{ "несуществующ", REASON_USER, PHRASE_PLAIN },
	{ "не удалось найти адрес", REASON_USER, PHRASE_PLAIN },          /* exchange */
	{ "адресу не знайдено", REASON_USER, PHRASE_PLAIN },              /* uk: gmail */
	{ "не існує", REASON_USER, PHRASE_WEAK },
	{ "користувача не знайдено", REASON_USER, PHRASE_PLAIN },
	{ "adres bulunamadı", REASON_USER, PHRASE_PLAIN }, /* tr: gmail, exchange */
	{ "adresi bulunamadı", REASON_USER, PHRASE_PLAIN },
	{ "alıcı bulunamadı", REASON_USER, PHRASE_PLAIN },
	{ "kullanıcı bulunamadı", REASON_USER, PHRASE_PLAIN },
	{ "böyle bir kullanıcı", REASON_USER, PHRASE_PLAIN },
	{ "bilinmeyen kullanıcı", REASON_USER, PHRASE_PLAIN },
	{ "adresa nu a fost găsită", REASON_USER, PHRASE_PLAIN },         /* ro: gmail */
	{ "utilizator necunoscut", REASON_USER, PHRASE_PLAIN },
	{ "destinatar necunoscut", REASON_USER, PHRASE_PLAIN },
	{ "nu există", REASON_USER, PHRASE_WEAK },
	{ "διεύθυνση δεν βρέθηκε", REASON_USER, PHRASE_PLAIN },           /* el: gmail */
	{ "άγνωστος χρήστης", REASON_USER, PHRASE_PLAIN },
	{ "άγνωστος παραλήπτης", REASON_USER, PHRASE_PLAIN },
	{ "δεν υπάρχει", REASON_USER, PHRASE_WEAK },
	{ "アドレス不明", REASON_USER, PHRASE_PLAIN },                    /* ja: gmail */
	{ "宛先不明", REASON_USER, PHRASE_PLAIN },
	{ "宛先が見つかりません", REASON_USER, PHRASE_PLAIN },
	{ "アドレスが見つから", REASON_USER, PHRASE_PLAIN },              /* gmail, exchange */
	{ "アドレスが見つかり", REASON_USER, PHRASE_PLAIN },
	{ "アドレスは見つかりません", REASON_USER, PHRASE_PLAIN },
	{ "アドレスは存在しません", REASON_USER, PHRASE_PLAIN },
	{ "アドレスが存在しません", REASON_USER, PHRASE_PLAIN },
	{ "存在しない", REASON_USER, PHRASE_WEAK + 4 },
	{ "存在しません", REASON_USER, PHRASE_WEAK + 4 },
	{ "ユーザーが見つかりません", REASON_USER, PHRASE_PLAIN },
	{ "受信者が見つかりません", REASON_USER, PHRASE_PLAIN },
	{ "找不到地址", REASON_USER, PHRASE_PLAIN },                      /* zh: gmail, exchange */
	{ "地址不存在", REASON_USER, PHRASE_PLAIN },
	{ "帐户不存在", REASON_USER, PHRASE_PLAIN },
	{ "帐号不存在", REASON_USER, PHRASE_PLAIN },
	{ "账户不存在", REASON_USER, PHRASE_PLAIN },
	{ "账号不存在", REASON_USER, PHRASE_PLAIN },
	{ "用户不存在", REASON_USER, PHRASE_PLAIN },                      /* 163, sina */
	{ "邮箱不存在", REASON_USER, PHRASE_PLAIN },
	{ "收件人不存在", REASON_USER, PHRASE_PLAIN },                    /* qq */
	{ "收件人邮件地址", REASON_USER, PHRASE_WEAK },
	{ "不存在", REASON_USER, PHRASE_WEAK + 2 },
	{ "使用者不存在", REASON_USER, PHRASE_PLAIN },
	{ "帳號不存在", REASON_USER, PHRASE_PLAIN },
	{ "帳戶不存在", REASON_USER, PHRASE_PLAIN },
	{ "信箱不存在", REASON_USER, PHRASE_PLAIN },
	{ "查無此", REASON_USER, PHRASE_PLAIN },
	{ "查无此", REASON_USER, PHRASE_PLAIN },
	{ "주소를 찾을 수 없", REASON_USER, PHRASE_PLAIN },               /* ko: gmail, exchange */
	{ "존재하지 않는", REASON_USER, PHRASE_PLAIN },                   /* naver, daum */
	{ "없는 사용자", REASON_USER, PHRASE_PLAIN },
	{ "없는 계정", REASON_USER, PHRASE_PLAIN },
	{ "수신자를 찾을 수 없", REASON_USER, PHRASE_PLAIN },

	/* found nowhere, whoever: exchange names the address in front of it */
	{ "no se encontró", REASON_USER, PHRASE_WEAK + 2 }, /* es: exchange */
	{ "no se ha encontrado", REASON_USER, PHRASE_WEAK + 2 }, /* es */
	{ "não foi encontrado", REASON_USER, PHRASE_WEAK + 2 }, /* pt */
	{ "non è stato trovato", REASON_USER, PHRASE_WEAK + 2 }, /* it */
	{ "nie znaleziono", REASON_USER, PHRASE_WEAK + 2 }, /* pl */
	{ "nebyl nalezen", REASON_USER, PHRASE_WEAK + 2 }, /* cs */
	{ "nem található", REASON_USER, PHRASE_WEAK + 2 }, /* hu */
	{ "hittades inte", REASON_USER, PHRASE_WEAK + 2 }, /* sv */
	{ "blev ikke fundet", REASON_USER, PHRASE_WEAK + 2 }, /* da */
	{ "ble ikke funnet", REASON_USER, PHRASE_WEAK + 2 }, /* no */
	{ "ei löy", REASON_USER, PHRASE_WEAK + 2 }, /* fi */
	{ "не найден", REASON_USER, PHRASE_WEAK + 2 }, /* ru */
	{ "не знайдено", REASON_USER, PHRASE_WEAK + 2 }, /* uk */
	{ "bulunamadı", REASON_USER, PHRASE_WEAK + 2 }, /* tr */
	{ "nu a fost găsit", REASON_USER, PHRASE_WEAK + 2 }, /* ro */
	{ "δεν βρέθηκε", REASON_USER, PHRASE_WEAK + 2 }, /* el */
	{ "見つかりません", REASON_USER, PHRASE_WEAK + 2 }, /* ja */
	{ "未找到", REASON_USER, PHRASE_WEAK + 2 }, /* zh */
	{ "找不到", REASON_USER, PHRASE_WEAK + 2 }, /* zh */
	{ "찾을 수 없", REASON_USER, PHRASE_WEAK + 2 }, /* ko */

	/* ---- domain */
	{ "domain existiert nicht", REASON_DOMAIN, PHRASE_PLAIN + 2 },    /* de */
	{ "domain * nicht gefunden", REASON_DOMAIN, PHRASE_PLAIN + 2 },   /* gmail, exchange */
	{ "domäne * nicht gefunden", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "unbekannte domain", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domaine * introuvable", REASON_DOMAIN, PHRASE_PLAIN + 2 },     /* fr: gmail */
	{ "domaine inconnu", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domaine * n'existe pas", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "dominio * no se ha encontrado", REASON_DOMAIN, PHRASE_PLAIN + 2 }, /* es: gmail */
	{ "no se ha encontrado el dominio", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "dominio * no existe", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "dominio no encontrado", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "dominio desconocido", REASON_DOMAIN, PHRASE_PLAIN },
	{ "dominio * non è stato trovato", REASON_DOMAIN, PHRASE_PLAIN + 2 }, /* it: gmail */
	{ "dominio * non esiste", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "dominio inesistente", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "dominio sconosciuto", REASON_DOMAIN, PHRASE_PLAIN },
	{ "domínio * não foi encontrado", REASON_DOMAIN, PHRASE_PLAIN + 2 },  /* pt: gmail */
	{ "domínio * não existe", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "domínio inexistente", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "domínio não encontrado", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "nie znaleziono domeny", REASON_DOMAIN, PHRASE_PLAIN + 2 },     /* pl: gmail */
	{ "domena nie istnieje", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "domena * nie istnieje", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "nieznana domena", REASON_DOMAIN, PHRASE_PLAIN },
	{ "doména neexistuje", REASON_DOMAIN, PHRASE_PLAIN + 2 },         /* cs, sk */
	{ "doména * neexistuje", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "doména * nebyla nalezena", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "tartomány * nem található", REASON_DOMAIN, PHRASE_PLAIN + 2 }, /* hu */
	{ "domänen * hittades inte", REASON_DOMAIN, PHRASE_PLAIN + 2 },   /* sv */
	{ "domænet * blev ikke fundet", REASON_DOMAIN, PHRASE_PLAIN + 2 },/* da */
	{ "domenet * ble ikke funnet", REASON_DOMAIN, PHRASE_PLAIN + 2 }, /* no */
	{ "verkkotunnusta * ei löy", REASON_DOMAIN, PHRASE_PLAIN + 2 },   /* fi */
	{ "домен * не найден", REASON_DOMAIN, PHRASE_PLAIN + 2 },         /* ru: gmail */
	{ "домен не найден", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "домен * не существует", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "домен * не знайдено", REASON_DOMAIN, PHRASE_PLAIN + 2 },       /* uk */
	{ "alan adı bulunamadı", REASON_DOMAIN, PHRASE_PLAIN + 2 },       /* tr */
	{ "etki alanı bulunamadı", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "domeniul * nu a fost găsit", REASON_DOMAIN, PHRASE_PLAIN + 2 },/* ro */
	{ "domeniul * nu există", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "ドメインが見つから", REASON_DOMAIN, PHRASE_PLAIN + 2 },        /* ja: gmail */
	{ "ドメインが存在し", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "ドメイン名が", REASON_DOMAIN, PHRASE_WEAK },
	{ "找不到域名", REASON_DOMAIN, PHRASE_PLAIN + 2 },                /* zh: gmail */
	{ "域名不存在", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "域名错误", REASON_DOMAIN, PHRASE_PLAIN },                      /* 163 */
	{ "找不到網域", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "網域不存在", REASON_DOMAIN, PHRASE_PLAIN + 2 },
	{ "도메인을 찾을 수 없", REASON_DOMAIN, PHRASE_PLAIN + 2 },       /* ko: gmail */

	/* ---- full */
	{ "postfach voll", REASON_FULL, PHRASE_STRONG },                  /* de */
	{ "mailbox ist voll", REASON_FULL, PHRASE_STRONG },
	{ "speichervolumen", REASON_FULL, PHRASE_PLAIN },                 /* t-online, gmx */
	{ "speicherlimit", REASON_FULL, PHRASE_STRONG },
	{ "kontingent überschritten", REASON_FULL, PHRASE_STRONG },
	{ "boîte de réception * pleine", REASON_FULL, PHRASE_STRONG },    /* fr: gmail */
	{ "bal pleine", REASON_FULL, PHRASE_STRONG },
	{ "quota * dépassé", REASON_FULL, PHRASE_STRONG },
	{ "dépassé son quota", REASON_FULL, PHRASE_STRONG },
	{ "espace de stockage", REASON_FULL, PHRASE_PLAIN },
	{ "buzón lleno", REASON_FULL, PHRASE_STRONG },                    /* es */
	{ "bandeja de entrada * llena", REASON_FULL, PHRASE_STRONG },     /* gmail */
	{ "cuota excedida", REASON_FULL, PHRASE_STRONG },
	{ "ha excedido su cuota", REASON_FULL, PHRASE_STRONG },
	{ "superado la cuota", REASON_FULL, PHRASE_STRONG },
	{ "espacio de almacenamiento", REASON_FULL, PHRASE_PLAIN },
	{ "casella piena", REASON_FULL, PHRASE_STRONG },                  /* it */
	{ "posta in arrivo * piena", REASON_FULL, PHRASE_STRONG },        /* gmail */
	{ "quota superata", REASON_FULL, PHRASE_STRONG },
	{ "spazio esaurito", REASON_FULL, PHRASE_STRONG },
	{ "spazio di archiviazione", REASON_FULL, PHRASE_PLAIN },
	{ "caixa postal cheia", REASON_FULL, PHRASE_STRONG },             /* pt: uol, terra */
	{ "caixa de correio * cheia", REASON_FULL, PHRASE_STRONG },       /* exchange */
	{ "caixa de entrada * cheia", REASON_FULL, PHRASE_STRONG },       /* gmail */
	{ "caixa * está cheia", REASON_FULL, PHRASE_STRONG },
	{ "caixa cheia", REASON_FULL, PHRASE_STRONG },
	{ "cota excedida", REASON_FULL, PHRASE_STRONG },
	{ "quota excedida", REASON_FULL, PHRASE_STRONG },
	{ "cota * excedida", REASON_FULL, PHRASE_STRONG },
	{ "skrzynka * pełna", REASON_FULL, PHRASE_STRONG },               /* pl */
	{ "skrzynka * przepełniona", REASON_FULL, PHRASE_STRONG },
	{ "skrzynka * zapełniona", REASON_FULL, PHRASE_STRONG },
	{ "przekroczon * limit", REASON_FULL, PHRASE_PLAIN },
	{ "schránka je plná", REASON_FULL, PHRASE_STRONG },               /* cs, sk: seznam */
	{ "schránka * plná", REASON_FULL, PHRASE_STRONG },
	{ "plná schránka", REASON_FULL, PHRASE_STRONG },
	{ "překročena kvóta", REASON_FULL, PHRASE_STRONG },
	{ "postafiók * megtelt", REASON_FULL, PHRASE_STRONG },            /* hu */
	{ "postaláda * megtelt", REASON_FULL, PHRASE_STRONG },
	{ "brevlåda * full", REASON_FULL, PHRASE_STRONG },                /* sv */
	{ "inkorg * full", REASON_FULL, PHRASE_STRONG },
	{ "postkasse * fuld", REASON_FULL, PHRASE_STRONG },               /* da */
	{ "postkasse * full", REASON_FULL, PHRASE_STRONG },               /* no */
	{ "postboks * full", REASON_FULL, PHRASE_STRONG },
	{ "postilaatikko * täynnä", REASON_FULL, PHRASE_STRONG },         /* fi */
	{ "ящик * переполнен", REASON_FULL, PHRASE_STRONG },              /* ru */
	{ "ящик заполнен", REASON_FULL, PHRASE_STRONG },
	{ "ящик * полон", REASON_FULL, PHRASE_STRONG },
	{ "превышена квота", REASON_FULL, PHRASE_STRONG },
	{ "квота превышена", REASON_FULL, PHRASE_STRONG },
	{ "скринька * переповнена", REASON_FULL, PHRASE_STRONG },         /* uk */
	{ "posta kutusu * dolu", REASON_FULL, PHRASE_STRONG },            /* tr */
	{ "gelen kutusu * dolu", REASON_FULL, PHRASE_STRONG },
	{ "kota aşıldı", REASON_FULL, PHRASE_STRONG },
	{ "cutia * plină", REASON_FULL, PHRASE_STRONG },                  /* ro */
	{ "căsuța * plină", REASON_FULL, PHRASE_STRONG },
	{ "γραμματοκιβώτιο * γεμάτο", REASON_FULL, PHRASE_STRONG },       /* el */
	{ "θυρίδα * γεμάτη", REASON_FULL, PHRASE_STRONG },
	{ "メールボックスがいっぱい", REASON_FULL, PHRASE_STRONG },       /* ja: exchange */
	{ "受信トレイ * 満杯", REASON_FULL, PHRASE_STRONG },
	{ "受信トレイがいっぱい", REASON_FULL, PHRASE_STRONG },           /* gmail */
	{ "保存容量", REASON_FULL, PHRASE_PLAIN },
	{ "邮箱已满", REASON_FULL, PHRASE_STRONG },                       /* zh: exchange, 163 */
	{ "空间已满", REASON_FULL, PHRASE_STRONG },                       /* qq */
	{ "空间不足", REASON_FULL, PHRASE_STRONG },
	{ "收件箱已满", REASON_FULL, PHRASE_STRONG },                     /* gmail */
	{ "邮箱满", REASON_FULL, PHRASE_STRONG },
	{ "信箱已滿", REASON_FULL, PHRASE_STRONG },
	{ "收件匣已滿", REASON_FULL, PHRASE_STRONG },
	{ "空間已滿", REASON_FULL, PHRASE_STRONG },
	{ "空間不足", REASON_FULL, PHRASE_STRONG },
	{ "사서함이 꽉", REASON_FULL, PHRASE_STRONG },                    /* ko: exchange */
	{ "사서함이 가득", REASON_FULL, PHRASE_STRONG },
	{ "용량 초과", REASON_FULL, PHRASE_STRONG },                      /* naver, daum */
	{ "용량이 초과", REASON_FULL, PHRASE_STRONG },
	{ "메일함이 가득", REASON_FULL, PHRASE_STRONG },
	{ "용량이 부족", REASON_FULL, PHRASE_STRONG },

	/* ---- disabled */
	{ "cuenta * desactivada", REASON_DISABLED, PHRASE_PLAIN },        /* es */
	{ "cuenta * deshabilitada", REASON_DISABLED, PHRASE_PLAIN },
	{ "usuário inativo", REASON_DISABLED, PHRASE_PLAIN + 2 },         /* pt: uol */
	{ "conta inativa", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "usuario inactivo", REASON_DISABLED, PHRASE_PLAIN + 2 },        /* es */
	{ "cuenta inactiva", REASON_DISABLED, PHRASE_PLAIN + 2 },
	{ "utente non attivo", REASON_DISABLED, PHRASE_PLAIN + 2 },       /* it */
	{ "cuenta suspendida", REASON_DISABLED, PHRASE_PLAIN },
	{ "conta * desativada", REASON_DISABLED, PHRASE_PLAIN },          /* pt */
	{ "conta suspensa", REASON_DISABLED, PHRASE_PLAIN },
	{ "conta * bloqueada", REASON_DISABLED, PHRASE_PLAIN },
	{ "casella * disabilitata", REASON_DISABLED, PHRASE_PLAIN },      /* it */
	{ "casella * sospesa", REASON_DISABLED, PHRASE_PLAIN },
	{ "account disattivato", REASON_DISABLED, PHRASE_PLAIN },
	{ "konto * zablokowane", REASON_DISABLED, PHRASE_PLAIN },         /* pl */
	{ "konto * nieaktywne", REASON_DISABLED, PHRASE_PLAIN },
	{ "schránka * zablokována", REASON_DISABLED, PHRASE_PLAIN },      /* cs */
	{ "ящик заблокирован", REASON_DISABLED, PHRASE_PLAIN },           /* ru */
	{ "заблокирован", REASON_DISABLED, PHRASE_WEAK + 2 },
	{ "帐号已被停用", REASON_DISABLED, PHRASE_PLAIN },                /* zh */
	{ "已停用", REASON_DISABLED, PHRASE_PLAIN },
	{ "已被冻结", REASON_DISABLED, PHRASE_PLAIN },
	{ "휴면", REASON_DISABLED, PHRASE_PLAIN },                        /* ko: sleeping account */

	/* ---- policy */
	{ "richtlinien", REASON_POLICY, PHRASE_PLAIN },                   /* de */
	{ "zugriff verweigert", REASON_POLICY, PHRASE_PLAIN },
	{ "politique de sécurité", REASON_POLICY, PHRASE_PLAIN },         /* fr */
	{ "n'êtes pas autorisé", REASON_POLICY, PHRASE_PLAIN },           /* exchange */
	{ "accès refusé", REASON_POLICY, PHRASE_PLAIN },
	{ "no tiene permiso", REASON_POLICY, PHRASE_PLAIN },              /* es: exchange */
	{ "acceso denegado", REASON_POLICY, PHRASE_PLAIN },
	{ "no autorizado", REASON_POLICY, PHRASE_PLAIN },
	{ "lista negra", REASON_POLICY, PHRASE_STRONG },                  /* es, pt */
	{ "non dispone dell'autorizzazione", REASON_POLICY, PHRASE_PLAIN }, /* it: exchange */
	{ "accesso negato", REASON_POLICY, PHRASE_PLAIN },
	{ "non autorizzato", REASON_POLICY, PHRASE_PLAIN },
	{ "não tem permissão", REASON_POLICY, PHRASE_PLAIN },             /* pt: exchange */
	{ "acesso negado", REASON_POLICY, PHRASE_PLAIN },
	{ "não autorizado", REASON_POLICY, PHRASE_PLAIN },
	{ "política de", REASON_POLICY, PHRASE_PLAIN },                   /* es, pt */
	{ "nie masz uprawnień", REASON_POLICY, PHRASE_PLAIN },            /* pl: exchange */
	{ "odmowa dostępu", REASON_POLICY, PHRASE_PLAIN },
	{ "czarnej liście", REASON_POLICY, PHRASE_STRONG },
	{ "nemáte oprávnění", REASON_POLICY, PHRASE_PLAIN },              /* cs: exchange */
	{ "přístup odepřen", REASON_POLICY, PHRASE_PLAIN },
	{ "har inte behörighet", REASON_POLICY, PHRASE_PLAIN },           /* sv: exchange */
	{ "har ikke tilladelse", REASON_POLICY, PHRASE_PLAIN },           /* da */
	{ "har ikke tillatelse", REASON_POLICY, PHRASE_PLAIN },           /* no */
	{ "нет разрешения", REASON_POLICY, PHRASE_PLAIN },                /* ru: exchange */
	{ "доступ запрещен", REASON_POLICY, PHRASE_PLAIN },
	{ "политик", REASON_POLICY, PHRASE_PLAIN },                       /* yandex */
	{ "erişim engellendi", REASON_POLICY, PHRASE_PLAIN },             /* tr */
	{ "送信する権限", REASON_POLICY, PHRASE_PLAIN },                  /* ja: exchange */
	{ "受信拒否", REASON_POLICY, PHRASE_PLAIN },
	{ "ポリシー", REASON_POLICY, PHRASE_PLAIN },
	{ "没有权限", REASON_POLICY, PHRASE_PLAIN },                      /* zh */
	{ "黑名单", REASON_POLICY, PHRASE_STRONG },
	{ "拒绝接收", REASON_POLICY, PHRASE_PLAIN },
	{ "被收件人拒", REASON_POLICY, PHRASE_PLAIN },
	{ "沒有權限", REASON_POLICY, PHRASE_PLAIN },
	{ "黑名單", REASON_POLICY, PHRASE_STRONG },
	{ "수신 거부", REASON_POLICY, PHRASE_PLAIN },                     /* ko */
	{ "수신거부", REASON_POLICY, PHRASE_PLAIN },
	{ "권한이 없", REASON_POLICY, PHRASE_PLAIN },

	/* ---- size */
	{ "nachricht zu groß", REASON_SIZE, PHRASE_STRONG },              /* de */
	{ "größenbegrenzung", REASON_SIZE, PHRASE_STRONG },
	{ "trop grand", REASON_SIZE, PHRASE_PLAIN },                      /* fr */
	{ "dépasse la taille", REASON_SIZE, PHRASE_STRONG },
	{ "tamaño máximo", REASON_SIZE, PHRASE_STRONG },                  /* es */
	{ "excede el tamaño", REASON_SIZE, PHRASE_STRONG },
	{ "supera el tamaño", REASON_SIZE, PHRASE_STRONG },
	{ "dimensione massima", REASON_SIZE, PHRASE_STRONG },             /* it */
	{ "dimensioni massime", REASON_SIZE, PHRASE_STRONG },
	{ "troppo grande", REASON_SIZE, PHRASE_PLAIN },
	{ "tamanho máximo", REASON_SIZE, PHRASE_STRONG },                 /* pt */
	{ "muito grande", REASON_SIZE, PHRASE_PLAIN },
	{ "limite de tamanho", REASON_SIZE, PHRASE_STRONG },
	{ "zbyt duż", REASON_SIZE, PHRASE_PLAIN },                        /* pl */
	{ "maksymalny rozmiar", REASON_SIZE, PHRASE_STRONG },
	{ "příliš velk", REASON_SIZE, PHRASE_PLAIN },                     /* cs */
	{ "príliš veľk", REASON_SIZE, PHRASE_PLAIN },                     /* sk */
	{ "túl nagy", REASON_SIZE, PHRASE_PLAIN },                        /* hu */
	{ "för stort", REASON_SIZE, PHRASE_PLAIN },                       /* sv */
	{ "for stor", REASON_SIZE, PHRASE_PLAIN },                        /* da, no */
	{ "liian suuri", REASON_SIZE, PHRASE_PLAIN },                     /* fi */
	{ "слишком больш", REASON_SIZE, PHRASE_PLAIN },                   /* ru */
	{ "размер письма", REASON_SIZE, PHRASE_PLAIN },
	{ "занадто велик", REASON_SIZE, PHRASE_PLAIN },                   /* uk */
	{ "çok büyük", REASON_SIZE, PHRASE_PLAIN },                       /* tr */
	{ "prea mare", REASON_SIZE, PHRASE_PLAIN },                       /* ro */
	{ "サイズが大きすぎ", REASON_SIZE, PHRASE_STRONG },               /* ja */
	{ "サイズ制限", REASON_SIZE, PHRASE_STRONG },
	{ "邮件太大", REASON_SIZE, PHRASE_STRONG },                       /* zh */
	{ "邮件过大", REASON_SIZE, PHRASE_STRONG },
	{ "大小超", REASON_SIZE, PHRASE_STRONG },
	{ "郵件太大", REASON_SIZE, PHRASE_STRONG },
	{ "크기가 너무", REASON_SIZE, PHRASE_STRONG },                    /* ko */
	{ "크기 제한", REASON_SIZE, PHRASE_STRONG },

	/* ---- content */
	{ "spamverdacht", REASON_CONTENT, PHRASE_STRONG },                /* de */
	{ "considéré comme * spam", REASON_CONTENT, PHRASE_STRONG },      /* fr */
	{ "considerado spam", REASON_CONTENT, PHRASE_STRONG },            /* es, pt */
	{ "como spam", REASON_CONTENT, PHRASE_STRONG },
	{ "come spam", REASON_CONTENT, PHRASE_STRONG },                   /* it */
	{ "jako spam", REASON_CONTENT, PHRASE_STRONG },                   /* pl, cs */
	{ "спама", REASON_CONTENT, PHRASE_STRONG },                       /* ru */
	{ "スパム", REASON_CONTENT, PHRASE_PLAIN },                       /* ja */
	{ "垃圾郵件", REASON_CONTENT, PHRASE_STRONG },                    /* zh-tw */
	{ "스팸", REASON_CONTENT, PHRASE_STRONG },                        /* ko */
	{ "病毒", REASON_CONTENT, PHRASE_PLAIN },                         /* zh */
	{ "ウイルス", REASON_CONTENT, PHRASE_PLAIN },                     /* ja */
	{ "вирус", REASON_CONTENT, PHRASE_PLAIN },                        /* ru */

	/* ---- network */
	{ "zeitlimit", REASON_NETWORK, PHRASE_PLAIN },                    /* de */
	{ "verbindung * nicht", REASON_NETWORK, PHRASE_WEAK + 4 },
	{ "délai * expiré", REASON_NETWORK, PHRASE_STRONG },              /* fr */
	{ "délai d'attente", REASON_NETWORK, PHRASE_STRONG },
	{ "tiempo de espera", REASON_NETWORK, PHRASE_STRONG },            /* es */
	{ "tiempo agotado", REASON_NETWORK, PHRASE_STRONG },
	{ "conexión rechazada", REASON_NETWORK, PHRASE_STRONG },
	{ "timeout della connessione", REASON_NETWORK, PHRASE_STRONG },   /* it */
	{ "connessione rifiutata", REASON_NETWORK, PHRASE_STRONG },
	{ "tempo * scaduto", REASON_NETWORK, PHRASE_STRONG },
	{ "tempo limite", REASON_NETWORK, PHRASE_STRONG },                /* pt */
	{ "tempo esgotado", REASON_NETWORK, PHRASE_STRONG },
	{ "conexão recusada", REASON_NETWORK, PHRASE_STRONG },
	{ "limit czasu", REASON_NETWORK, PHRASE_STRONG },                 /* pl */
	{ "czas oczekiwania", REASON_NETWORK, PHRASE_STRONG },
	{ "časový limit", REASON_NETWORK, PHRASE_STRONG },                /* cs */
	{ "vypršel", REASON_NETWORK, PHRASE_PLAIN },
	{ "időtúllépés", REASON_NETWORK, PHRASE_STRONG },                 /* hu */
	{ "tidsgräns", REASON_NETWORK, PHRASE_STRONG },                   /* sv */
	{ "aikakatkais", REASON_NETWORK, PHRASE_STRONG },                 /* fi */
	{ "истекло время", REASON_NETWORK, PHRASE_STRONG },               /* ru */
	{ "время ожидания", REASON_NETWORK, PHRASE_STRONG },
	{ "zaman aşımı", REASON_NETWORK, PHRASE_STRONG },                 /* tr */
	{ "タイムアウト", REASON_NETWORK, PHRASE_STRONG },                /* ja */
	{ "接続できません", REASON_NETWORK, PHRASE_STRONG },
	{ "连接超时", REASON_NETWORK, PHRASE_STRONG },                    /* zh */
	{ "无法连接", REASON_NETWORK, PHRASE_STRONG },
	{ "連線逾時", REASON_NETWORK, PHRASE_STRONG },
	{ "無法連線", REASON_NETWORK, PHRASE_STRONG },
	{ "시간 초과", REASON_NETWORK, PHRASE_STRONG },                   /* ko */
	{ "연결할 수 없", REASON_NETWORK, PHRASE_STRONG },
	{ NULL, REASON_NONE, 0 },
};
