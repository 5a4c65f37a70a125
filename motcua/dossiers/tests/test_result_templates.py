"""The agency's template of the result stands where the result is made."""

from datetime import date

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.dossiers.testing import for_signature, moment
from motcua.files.actions import store
from motcua.procedures.models import ResultTemplate


@time_machine.travel(moment(hours=7.5), tick=False)
def test_where_the_result_is_made_the_agencys_template_is_offered(client, world):
    file = store(
        SimpleUploadedFile("mau.pdf", b"%PDF-1.7\n%%EOF\n"), actor=world.admin, at=moment(), personal=False
    )
    type(file).objects.update(state="safe")
    template = ResultTemplate.objects.create(
        procedure=world.procedure, agency=world.commune, valid_from=date(2026, 1, 1), file=file
    )
    address = reverse("procedures:template_file", args=[template.pk])
    dossier = for_signature(world)
    sign = reverse("dossiers:act", args=[dossier.pk, "sign"])
    client.force_login(world.boss)
    assert address in client.get(sign).content.decode()
    assert address not in client.get(reverse("dossiers:act", args=[dossier.pk, "send_back"])).content.decode()
    assert client.get(address).status_code == 302
    type(file).objects.update(state="infected")
    assert address not in client.get(sign).content.decode()
