/*
 * phrases_abroad: what tells a report, a delay or an automatic answer in other languages than
 * English and Dutch.
 *
 * Small letters throughout: struct hay folds Latin, Greek and Cyrillic capitals.
 * Input: none; constant data.
 */
#include "base.h"

#include "phrases.h"

/* Exchange puts the word in front of the subject, as do the mail programs that show its reports. */
const char *const phrases_subject_abroad[] = {
	"zustellung * fehlgeschlagen", "zustellung verzögert", "übermittlung verzögert", /* de */
	"unzustellbarkeit", "zustellfehler", "nachricht konnte nicht", "nicht ausgeliefert",
	"e-mail konnte nicht", "rückläufer", "zustellbericht",
	/* fr */
	"message non délivré", "échec de remise", "échec de la distribution", "non délivr",
	"remise retardée", "remise différée", "courrier non", "retour de mail", "non distribué",
	"échec d'envoi", "notification d'état de remise", "retour à l'expéditeur",
	"no se pudo entregar", "no se ha podido entregar", "no entregable", "mensaje no", /* es */
	"entrega retrasada", "error de entrega", "fallo en la entrega", "correo devuelto",
	"mensaje devuelto", "no se ha entregado", "aviso de no entrega",
	/* it */
	"mancata consegna", "recapito non riuscito", "recapito ritardato", "non consegnat",
	"impossibile recapitare", "messaggio non", "errore di consegna", "consegna fallita",
	"recapito posticipato", "avviso di mancata",
	/* pt */
	"não é possível entregar", "não entregue", "não pôde ser entregue", "não foi entregue",
	"falha na entrega", "entrega atrasada", "mensagem devolvida", "erro na entrega",
	"nao entregue", "falha no envio", "não pode ser entregue", "devolvida ao remetente",
	"não foi possível entregar",
	"niedostarczon", "nie dostarczon", "nie można dostarczyć", "opóźnione dostarcz", /* pl */
	"dostarczanie opóźnione", "zwrot wiadomości", "błąd dostarcz", "zwrot poczty",
	"nie została dostarczona", "nie doręczon", "opóźnienie w dostarcz",
	"nedoručiteln", "nelze doručit", "nedoručen", "doručení zpož", "zpoždění doruč", /* cs */
	"zpráva nebyla doručena", "vrácená zpráva", "chyba doručení", "doručení se nezdařilo",
	"nedoručiteľ", "nedoručená", "doručenie zlyhalo",                                 /* sk */
	/* hu */
	"kézbesíthetetlen", "kézbesítés késik", "kézbesítési hiba", "sikertelen kézbesítés",
	"nem kézbesíthető", "a kézbesítés sikertelen",
	"olevererbart", "kan inte leveras", "kan inte levereras", "försenad leverans",    /* sv */
	"leverans försenad", "leveransen misslyckades", "kunde inte levereras",
	/* da, no */
	"ikke leveret", "kan ikke leveres", "levering forsinket", "kunne ikke leveres",
	"leveringsfejl", "ikke levert", "forsinket levering", "leveringsfeil",
	"kunne ikke levere", "levering mislykkedes", "levering mislyktes",
	"ei toimitettavissa", "toimitus epäonnistui", "toimittaminen epäonnistui",        /* fi */
	"toimitus viivästyi", "ei voitu toimittaa", "viestiä ei",
	"недоставлен", "не доставлен", "доставка задержана", "задержка доставки",         /* ru */
	"не удается доставить", "не удаётся доставить", "ошибка доставки", "возврат письма",
	"возвращено отправителю", "сообщение о недоставке", "доставка невозможна",
	"невозможно доставить",
	"не вдалося доставити", "не доставлено", "недоставлено", "затримка доставки",     /* uk */
	"teslim edilemedi", "teslim edilemez", "teslimat gecikti", "iletilemedi",         /* tr */
	"teslimat başarısız", "teslim edilemeyen", "gönderilemedi",
	"nelivrabil", "imposibil de livrat", "nu a putut fi livrat", "livrare eșuată",    /* ro */
	"livrare întârziată", "nelivrat",
	"ανεπίδοτο", "μη παραδοθέν", "δεν παραδόθηκε", "αδυναμία παράδοσης",              /* el */
	"αποτυχία παράδοσης",
	"配信不能", "配信できません", "配信遅延", "配信エラー", "配送エラー", "送信エラー", /* ja */
	"送信できません", "送信失敗", "配信失敗", "配達不能", "エラーメール", "届きませんでした",
	"未送达", "未能送达", "退信", "无法投递", "无法送达", "投递失败", "发送失败", /* zh-cn */
	"传递延迟", "未传递", "邮件被退回", "系统退信",
	"無法傳遞", "未傳遞", "傳遞延遲", "退信通知", "無法投遞", "無法寄達", "未送達", /* zh-tw */
	"寄送失敗", "郵件退回", "傳送失敗",
	"배달되지 않음", "배달 지연", "전송 실패", "발송실패", "반송", "배달할 수 없음",  /* ko */
	"전달되지", "전송되지",
	NULL,
};

const char *const phrases_bounce_abroad[] = {
	/* ---- de: exchange, gmail, gmx, t-online */
	"nicht zustellen", "nicht zugestellt werden", "zustellung * fehlgeschlagen",
	"fehler bei der nachrichtenzustellung", "fehler bei der übermittlung",
	"konnte nicht übermittelt", "konnten nicht zugestellt", "nicht ausgeliefert werden",
	"nicht zustellbar",
	/* ---- fr: exchange, orange, la poste */
	"n'a pu être remis", "n'a pas été transmis", "n'a pas pu être remis",
	"n'a pas été délivré", "n'a pu être délivré", "n'a pas pu être délivré",
	"n'ont pas pu être", "n'a pas été distribué", "impossible de remettre",
	"impossible de délivrer", "la remise a échoué", "n'est pas parvenu à",
	"pas pu être acheminé",
	/* ---- es */
	"no se ha entregado", "no se pudo entregar", "no pudo ser entregado",
	"no ha podido ser entregado", "error de entrega", "no fue entregado",
	"no ha sido entregado", "no se puede entregar", "fallo en la entrega",
	"no se han podido entregar", "imposible entregar",
	/* ---- it: libero, aruba, tim, exchange */
	"recapito non riuscito", "non è stato recapitato", "non è stato consegnato",
	"impossibile consegnare", "impossibile recapitare", "non è stato possibile recapitare",
	"non è stato possibile consegnare", "non può essere recapitato",
	"non può essere consegnato", "mancata consegna", "non recapitabile",
	"non e' stato possibile consegnare", "non e' stato consegnato",
	/* ---- pt: uol, terra, locaweb, exchange, gmail */
	"não pôde ser entregue", "não pode ser entregue", "não foi entregue", "falha na entrega",
	"não foi possível entregar", "não puderam ser entregues", "não entregue",
	"nao pode ser entregue", "nao foi entregue", "nao foi possivel entregar",
	"falha ao entregar", "erro ao entregar",
	/* ---- pl: wp, onet, o2, interia, exchange, gmail */
	"nie została dostarczona", "nie mogła zostać dostarczona", "nie można dostarczyć",
	"nie udało się dostarczyć", "nie zostala dostarczona", "nie można było dostarczyć",
	"nie mogła być dostarczona", "niedostarczona", "nie może zostać dostarczona",
	/* ---- cs, sk: seznam, centrum, exchange */
	"nebyla doručena", "nepodařilo doručit", "nelze doručit", "nemohla být doručena",
	"nebylo možné doručit", "doručení se nezdařilo", "nepodarilo doručiť",
	"nebola doručená", "nie je možné doručiť", "nebylo mozne dorucit",
	/* ---- hu */
	"nem sikerült kézbesíteni", "nem kézbesíthető", "kézbesítés sikertelen",
	"nem volt kézbesíthető", "nem lehetett kézbesíteni", "kézbesítése nem sikerült",
	/* ---- sv, da, no */
	"kunde inte levereras", "gick inte att leverera", "leveransen * misslyckades",
	"levererades inte", "kan inte levereras", "har inte levererats",
	"kunne ikke leveres", "kunne ikke levere", "levering * mislykkedes", "blev ikke leveret",
	"er ikke leveret", "ble ikke levert", "levering * mislyktes", "levering * mislykket",
	"kan ikke leveres",
	/* ---- fi */
	"ei voitu toimittaa", "ei voida toimittaa", "toimitus * epäonnistui", "ei toimitettu",
	"toimittaminen * epäonnistui", "ei ole toimitettu",
	/* ---- ru, uk: yandex, mail.ru, exchange */
	"не может быть доставлено", "не было доставлено", "не доставлено", "невозможно доставить",
	"не удалось доставить", "не удается доставить", "не удаётся доставить",
	"не могло быть доставлено", "ошибка доставки", "не было отправлено",
	"не может быть отправлено", "доставка * невозможна", "не вдалося доставити",
	"не було доставлено", "не може бути доставлено",
	/* ---- tr */
	"teslim edilemedi", "teslim edilemez", "iletilemedi", "teslimat * başarısız",
	"ulaştırılamadı", "gönderilemedi",
	/* ---- ro */
	"nu a putut fi livrat", "nu a fost livrat", "livrarea * a eșuat",
	"nu au putut fi livrate",
	"livrarea * a eşuat",
	/* ---- el */
	"δεν παραδόθηκε", "δεν ήταν δυνατή η παράδοση", "δεν μπόρεσε να παραδοθεί",
	"η παράδοση απέτυχε", "δεν είναι δυνατή η παράδοση", "δεν ήταν δυνατό να παραδοθεί",
	/* ---- ja: yahoo, docomo, kddi, softbank, ocn, exchange, gmail */
	"配信できません", "配信されませんでした", "配信に失敗", "配送できません", "配送に失敗",
	"お届けできません", "届けることができません", "届きませんでした", "送信できません",
	"送信することができません", "配信不能", "送信エラー", "配達できません",
	"送達できません", "配信することができません", "エラーで返送",
	/* ---- zh: qq, 163, sina, exchange */
	"被退回", "未能送达", "无法投递", "投递失败", "未能投递", "发送失败", "未能发送",
	"无法传递", "传递失败", "未送达", "被拒收", "退回原因", "退信原因",
	"無法傳遞", "無法投遞", "無法送達", "未能送達", "未送達", "傳遞失敗", "傳送失敗",
	"無法寄送", "寄送失敗", "退回給您",
	/* ---- ko: naver, daum, exchange */
	"배달하지 못했습니다", "전송되지 않았습니다", "전송하지 못했습니다", "배달할 수 없",
	"발송되지 않았습니다", "전달되지 않았습니다", "전송에 실패", "발송에 실패",
	"반송되었습니다",
	"보낼 수 없습니다", "전달하지 못했습니다",
	NULL,
};

const char *const phrases_delay_abroad[] = {
	/* ---- de */
	"noch nicht übermittelt", "weiterhin versucht", "weiter versuchen",
	"zustellung verzögert",
	"zustellung unvollständig", "noch nicht ausgeliefert",
	"konnte noch nicht", "lediglich eine warnung", "nur eine warnung", "nur um eine warnung",
	/* ---- fr */
	"n'a pas encore", "distribution incomplète", "effectuera une nouvelle tentative",
	"tentatives de remise vont continuer", "a été retardé", "remise retardée",
	"seulement d'un avertissement", "remise différée",
	/* ---- es */
	"aún no se ha entregado", "todavía no se ha", "se seguirá intentando",
	"entrega incompleta",
	"volverá a intentarlo", "seguirá intentando", "se ha retrasado",
	"solo es una advertencia",
	"sólo un aviso", "continuará intentando", "aún no ha sido entregado",
	/* ---- it */
	"non è ancora stato", "altri tentativi di recapito", "recapito incompleto",
	"consegna incompleta", "ritenterà", "riproverà", "è in ritardo",
	"tentativi di consegna continu",
	"solo un avviso", "è stato ritardato",
	/* ---- pt */
	"ainda não foi entregue", "continuará a ser", "tentará novamente", "continuará tentando",
	"está atrasada", "apenas um aviso", "foi adiada", "ainda nao foi entregue",
	"continuará a tentar",
	/* ---- pl */
	"nie została jeszcze", "próby dostarczenia będą", "ponawiać prób", "opóźnion",
	"jeszcze nie została", "tylko ostrzeżenie",
	/* ---- cs, sk */
	"ještě nebyla doručena", "dosud nebyla", "bude pokračovat", "zpožděn", "pouze varování",
	"ešte nebola", "doručiť znova",
	/* ---- hu */
	"még nem lett", "még nem sikerült", "további kísérlet", "késik", "újra megpróbálja",
	/* ---- sv, da, no, fi */
	"ännu inte levererats", "har inte levererats än", "fortsätter att försöka",
	"har försenats", "endnu ikke leveret", "prøver igen", "er forsinket", "fortsat forsøgt",
	"ennå ikke levert", "prøver på nytt", "ei ole vielä toimitettu", "yritetään uudelleen",
	"viivästyn",
	"yrittää uudelleen",
	/* ---- ru, uk */
	"еще не доставлено", "ещё не доставлено", "пока не доставлено", "попытки доставки будут",
	"будет повторять попытки", "доставка не завершена", "задерживается", "будут продолжены",
	"только предупреждение", "ще не доставлено", "спроби доставки",
	/* ---- tr, ro, el */
	"henüz teslim edilmedi", "gecikti", "teslimat tamamlanmadı",
	"nu a fost încă", "încă nu a fost livrat", "va reîncerca", "întârziat",
	"δεν έχει παραδοθεί ακόμα", "καθυστερεί", "θα συνεχιστούν οι προσπάθειες",
	"θα δοκιμάσει ξανά",
	/* ---- ja */
	"まだ配信されていません", "引き続き試行", "再送を試み", "再送信を試み", "遅延しています",
	"遅れています", "まだ届いて", "配信が遅延",
	/* ---- zh, ko */
	"尚未传递", "尚未送达", "继续尝试", "会继续投递", "延迟投递", "尚未傳遞", "尚未送達",
	"繼續嘗試", "持續嘗試", "稍后会再次", "再次尝试投递", "아직 배달되지", "계속 시도",
	"지연되고", "재시도합니다",
	NULL,
};

/* What Exchange, Outlook, Gmail, Notes, GroupWise and webmail put in front of the subject. */
const struct robot_phrase phrases_robot_abroad[] = {
	{ "*autosvar", "out of office" },                /* sv, da, no */
	{ "*automatisk svar", "out of office" },         /* da, no: exchange */
	{ "*automatische abwesenheit", "out of office" },/* de: gmx */
	{ "*außer haus", "out of office" },              /* de: notes */
	{ "*nicht im hause", "out of office" },
	{ "*außerhalb des büros", "out of office" },
	{ "*absence du bureau", "out of office" },       /* fr: exchange 2003, notes */
	{ "*absent du bureau", "out of office" },
	{ "*en congé", "out of office" },
	{ "*message d'absence", "out of office" },
	{ "*répondeur", "out of office" },
	{ "*réponse d'absence", "out of office" },
	{ "*fuera de la oficina", "out of office" },     /* es: exchange 2003, notes */
	{ "*fuera de oficina", "out of office" },
	{ "*respuesta automatica", "out of office" },
	{ "*de vacaciones", "out of office" },
	{ "*ausencia", "out of office" },
	{ "*resposta automática", "out of office" },     /* pt: exchange */
	{ "*resposta automatica", "out of office" },
	{ "*fora do escritório", "out of office" },
	{ "*ausência", "out of office" },
	{ "*de férias", "out of office" },
	{ "*fuori ufficio", "out of office" },           /* it: exchange 2003, notes */
	{ "*fuori sede", "out of office" },
	{ "*assente", "out of office" },
	{ "*in ferie", "out of office" },
	{ "*assenza", "out of office" },
	{ "*frånvaro", "out of office" },                /* sv */
	{ "*frånvarande", "out of office" },
	{ "*på semester", "out of office" },
	{ "*ikke på kontoret", "out of office" },        /* da, no */
	{ "*på ferie", "out of office" },
	{ "*fraværende", "out of office" },
	{ "*fravær", "out of office" },
	{ "*ikke til stede", "out of office" },
	{ "*automaattinen vastaus", "out of office" },   /* fi: exchange */
	{ "*poissa toimistosta", "out of office" },
	{ "*poissaolo", "out of office" },
	{ "*olen lomalla", "out of office" },
	{ "*autoodpowiedź", "out of office" },           /* pl */
	{ "*odpowiedź automatyczna", "out of office" },
	{ "*poza biurem", "out of office" },
	{ "*nieobecn", "out of office" },
	{ "*na urlopie", "out of office" },
	{ "*automatická odpověď", "out of office" },     /* cs: exchange */
	{ "*automatická odpoveď", "out of office" },     /* sk */
	{ "*mimo kancelář", "out of office" },
	{ "*nepřítomn", "out of office" },
	{ "*dovolená", "out of office" },
	{ "*automatikus válasz", "out of office" },      /* hu: exchange */
	{ "*házon kívül", "out of office" },
	{ "*szabadságon", "out of office" },
	{ "*otomatik yanıt", "out of office" },          /* tr: exchange */
	{ "*otomatik cevap", "out of office" },
	{ "*ofis dışında", "out of office" },
	{ "*автоматический ответ", "out of office" },    /* ru: exchange */
	{ "*автоответ", "out of office" },               /* ru: yandex, mail.ru */
	{ "*вне офиса", "out of office" },
	{ "*в отпуске", "out of office" },
	{ "*автоматична відповідь", "out of office" },   /* uk: exchange */
	{ "*автовідповід", "out of office" },
	{ "*у відпустці", "out of office" },
	{ "*răspuns automat", "out of office" },         /* ro: exchange */
	{ "*automatski odgovor", "out of office" },      /* hr, sr: exchange */
	{ "*samodejni odgovor", "out of office" },       /* sl: exchange */
	{ "*автоматичен отговор", "out of office" },     /* bg: exchange */
	{ "*αυτόματη απάντηση", "out of office" },       /* el: exchange */
	{ "*εκτός γραφείου", "out of office" },
	{ "*automātiska atbilde", "out of office" },     /* lv: exchange */
	{ "*automatinis atsakymas", "out of office" },   /* lt: exchange */
	{ "*automaatvastus", "out of office" },          /* et: exchange */
	{ "*resposta automàtica", "out of office" },     /* ca */
	{ "*自動応答", "out of office" },                /* ja: exchange */
	{ "*自動返信", "out of office" },
	{ "*不在通知", "out of office" },
	{ "*外出中", "out of office" },
	{ "*自动答复", "out of office" },                /* zh-cn: exchange */
	{ "*自动回复", "out of office" },                /* qq, 163 */
	{ "*自動回覆", "out of office" },                /* zh-tw: exchange */
	{ "*自動回復", "out of office" },
	{ "*外出不在", "out of office" },
	{ "*부재 중", "out of office" },                 /* ko */
	{ "*부재중", "out of office" },
	{ "*자동 회신", "out of office" },               /* ko: exchange */
	{ "*자동 응답", "out of office" },
	{ "*tự động trả lời", "out of office" },         /* vi */
	{ "*balasan otomatis", "out of office" },        /* id */
	{ "*attend l'approbation du modérateur", "held by a list" },     /* mailman, fr */
	{ "*en attente de modération", "held by a list" },               /* sympa, fr */
	{ "*wartet auf * moderator", "held by a list" },                 /* mailman, de */
	{ "*aprobación del moderador", "held by a list" },               /* mailman, es */
	{ "*approvazione del moderatore", "held by a list" },            /* mailman, it */
	{ "*aprovação do moderador", "held by a list" },                 /* mailman, pt */
	{ "*zatwierdzenie przez moderatora", "held by a list" },         /* mailman, pl */
	{ "*ожидает * модератор", "held by a list" },                    /* mailman, ru */
	{ "*ticketnummer", "ticket system" },
	{ "*empfangsbestätigung", "acknowledgement by machine" },        /* de */
	{ "*ihre anfrage ist eingegangen", "acknowledgement by machine" },
	{ "*confirmation de réception", "acknowledgement by machine" },  /* fr */
	{ "*acuse de recibo", "acknowledgement by machine" },            /* es */
	{ "*conferma di ricezione", "acknowledgement by machine" },      /* it */
	{ "*potwierdzenie otrzymania", "acknowledgement by machine" },   /* pl */
	{ "*potwierdzenie przyjęcia", "acknowledgement by machine" },
	{ NULL, NULL },
};
